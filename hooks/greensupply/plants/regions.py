"""States, provinces and territories of the three countries, by their codes. Source: ISO 3166-2:2020, as of 2024."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = """
CA-AB Alberta
CA-BC British Columbia/Columbia Británica/Colombie-Britannique
CA-MB Manitoba
CA-NB New Brunswick/Nuevo Brunswick/Nouveau-Brunswick
CA-NL Newfoundland and Labrador/Terranova y Labrador/Terre-Neuve-et-Labrador
CA-NS Nova Scotia/Nueva Escocia/Nouvelle-Écosse
CA-NT Northwest Territories/Territorios del Noroeste/Territoires du Nord-Ouest
CA-NU Nunavut
CA-ON Ontario
CA-PE Prince Edward Island/Isla del Príncipe Eduardo/Île-du-Prince-Édouard
CA-QC Quebec/Quebec/Québec
CA-SK Saskatchewan
CA-YT Yukon/Yukón/Yukon
MX-AGU Aguascalientes
MX-BCN Baja California/Baja California/Basse-Californie
MX-BCS Baja California Sur/Baja California Sur/Basse-Californie du Sud
MX-CAM Campeche
MX-CHH Chihuahua
MX-CHP Chiapas
MX-CMX Mexico City/Ciudad de México/Ville de Mexico
MX-COA Coahuila/Coahuila de Zaragoza/Coahuila
MX-COL Colima
MX-DUR Durango
MX-GRO Guerrero
MX-GUA Guanajuato
MX-HID Hidalgo
MX-JAL Jalisco
MX-MEX State of Mexico/Estado de México/État de Mexico
MX-MIC Michoacán/Michoacán de Ocampo/Michoacán
MX-MOR Morelos
MX-NAY Nayarit
MX-NLE Nuevo León
MX-OAX Oaxaca
MX-PUE Puebla
MX-QUE Querétaro
MX-ROO Quintana Roo
MX-SIN Sinaloa
MX-SLP San Luis Potosí
MX-SON Sonora
MX-TAB Tabasco
MX-TAM Tamaulipas
MX-TLA Tlaxcala
MX-VER Veracruz/Veracruz de Ignacio de la Llave/Veracruz
MX-YUC Yucatán
MX-ZAC Zacatecas
US-AK Alaska
US-AL Alabama
US-AR Arkansas
US-AZ Arizona
US-CA California/California/Californie
US-CO Colorado
US-CT Connecticut
US-DC District of Columbia/Distrito de Columbia/District de Columbia
US-DE Delaware
US-FL Florida/Florida/Floride
US-GA Georgia/Georgia/Géorgie
US-HI Hawaii/Hawái/Hawaï
US-IA Iowa
US-ID Idaho
US-IL Illinois
US-IN Indiana
US-KS Kansas
US-KY Kentucky
US-LA Louisiana/Luisiana/Louisiane
US-MA Massachusetts
US-MD Maryland
US-ME Maine
US-MI Michigan/Míchigan/Michigan
US-MN Minnesota
US-MO Missouri/Misuri/Missouri
US-MS Mississippi/Misisipi/Mississippi
US-MT Montana
US-NC North Carolina/Carolina del Norte/Caroline du Nord
US-ND North Dakota/Dakota del Norte/Dakota du Nord
US-NE Nebraska
US-NH New Hampshire/Nuevo Hampshire/New Hampshire
US-NJ New Jersey/Nueva Jersey/New Jersey
US-NM New Mexico/Nuevo México/Nouveau-Mexique
US-NV Nevada
US-NY New York/Nueva York/New York
US-OH Ohio
US-OK Oklahoma
US-OR Oregon/Oregón/Oregon
US-PA Pennsylvania/Pensilvania/Pennsylvanie
US-RI Rhode Island
US-SC South Carolina/Carolina del Sur/Caroline du Sud
US-SD South Dakota/Dakota del Sur/Dakota du Sud
US-TN Tennessee
US-TX Texas
US-UT Utah
US-VA Virginia/Virginia/Virginie
US-VT Vermont
US-WA Washington
US-WI Wisconsin
US-WV West Virginia/Virginia Occidental/Virginie-Occidentale
US-WY Wyoming
"""


def _read(text: str) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for line in text.strip().split("\n"):
        code, names = line.split(" ", 1)
        said = names.split("/")
        found[code] = dict(zip(("en", "es", "fr"), said * 3 if len(said) == 1 else said, strict=False))
    return found


REGIONS: Mapping[str, Mapping[str, str]] = _read(_NAMES)
"""Code -> locale -> name."""


def of(country: str) -> list[str]:
    """The codes of a country, in order."""
    return [code for code in REGIONS if code.startswith(f"{country}-")]

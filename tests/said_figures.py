"""How the pages must write the published figures in each language: every cell of every table, by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from published_figures import ALL, PLACES, STAGES, Group, People, Plants

NBSP = "\u00a0"
NAMES = {
    "en": {"CA": "Canada", "MX": "Mexico", "US": "United States", "": "All three countries", "and": "and"},
    "es": {"CA": "Canadá", "MX": "México", "US": "Estados Unidos", "": "Los tres países", "and": "y"},
    "fr": {"CA": "Canada", "MX": "Mexique", "US": "États-Unis", "": "Les trois pays", "and": "et"},
}
NONE = {"en": "Not enough data", "es": "Sin datos suficientes", "fr": "Pas assez de données"}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "fr": "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.",
}
FOUND = {
    "en": ("measured", "calculated", "estimated"),
    "es": ("medido", "calculado", "estimado"),
    "fr": ("mesuré", "calculé", "estimé"),
}
YEARS, DAYS = {"en": "years", "es": "años", "fr": "ans"}, {"en": "days", "es": "días", "fr": "jours"}
YES = {"en": "plants: yes", "es": "plantas: sí", "fr": f"usines{NBSP}: oui"}
PER = {"en": "per", "es": "por", "fr": "par"}
OUTPUTS = {
    "en": {"t": "tonne", "1000 parts": "1,000 parts", "machine h": "machine hour", "m2": "m²"},
    "es": {"t": "tonelada", "1000 parts": "1,000 piezas", "machine h": "hora máquina", "m2": "m²"},
    "fr": {"t": "tonne", "1000 parts": f"1{NBSP}000 pièces", "machine h": "heure-machine", "m2": "m²"},
}
MEASURES = {  # measure -> the code of its metric, and its unit
    "energy": ("E1 ", "GJ"),
    "scope-1": ("E3 ", "t CO₂e"),
    "scope-2": ("E4 ", "t CO₂e"),
    "ghg": ("", "t CO₂e"),
    "water": ("E6 ", "m³"),
    "hazardous-waste": ("E8 ", "t"),
    "nonhazardous-waste": ("E9 ", "t"),
    **dict.fromkeys(("waste", "reused", "recycled", "energy-recovered"), ("", "t")),
    **dict.fromkeys(("material-bought", "material-in-product"), ("", "t")),
    "priority-chemicals": ("E12 ", "kg"),
    "voc": ("E13 ", "kg"),
}
COMPARED = ("energy", "ghg", "water", "waste", "priority-chemicals", "voc")
INTENSITIES = {"energy": "E2 ", "ghg": "E5 ", "water": "E7 "}
STATUSES = ("identified", "committed", "implemented", "verified")
OWN: tuple[Group, ...] = (ALL, ("CA",), ("MX",), ("US",))

Rows = list[tuple[str, ...]]
"""Cells; what ends in `*` is the beginning of a cell of words."""


class Said:
    """One language."""

    def __init__(self, locale: str, plants: Plants, people: People) -> None:
        self.locale, self.plants, self.people = locale, plants, people
        self.none = NONE[locale]
        self.space = NBSP if locale == "fr" else " "

    # --- numbers, units, days

    def _written(self, digits: str) -> str:
        return digits.translate({44: NBSP, 46: ","}) if self.locale == "fr" else digits

    def count(self, value: float | None) -> str:
        return self.none if value is None else self._written(f"{int(value):,}")

    def number(self, value: float | None) -> str:
        """Three significant digits in groups; in French with a comma and no-break spaces (MET-59)."""
        return self.none if value is None else self._written(f"{Decimal(f'{value:.3g}') + 0:,f}")

    def rate(self, value: float) -> str:
        return self._written(f"{value:,.0f}" if value >= 10 else f"{value:.1f}")

    def exact(self, share: int | None) -> str:
        return self.none if share is None else f"{share}{NBSP if self.locale == 'fr' else ''}%"

    def percent(self, share: int | None) -> str:
        sign = "" if share is None or 5 < share < 95 else "≤" + NBSP if share <= 5 else "≥" + NBSP
        return sign + self.exact(share)

    def both(self, count: int | None, share: int | None) -> str:
        return self.count(count) + (f" ({self.percent(share)})" if share is not None else "")

    def unit(self, measure: str) -> str:
        unit = MEASURES[measure][1]
        return "t éq. CO₂" if unit == "t CO₂e" and self.locale == "fr" else unit

    def quantity(self, value: float | None, unit: str) -> str:
        return self.none if value is None else f"{self.number(value)} {unit}".replace(" ", NBSP)

    def money(self, value: float | None) -> str:
        if value is None:
            return self.none
        return f"{self.number(value)}{NBSP}${NBSP}US" if self.locale == "fr" else f"US${self.number(value)}"

    def years(self, years: float | None) -> str:
        return self.none if years is None else f"{self.number(years)}{self.space}{YEARS[self.locale]}"

    def days(self, days: int | None) -> str:
        return self.none if days is None else f"{self.count(days)}{self.space}{DAYS[self.locale]}"

    def quarter(self, name: str) -> str:
        year, n = name.split("-Q")
        if self.locale == "es":
            return f"{n}.º trimestre de {year}"
        if self.locale == "fr":
            return f"{n}{'er' if n == '1' else 'e'} trimestre {year}"
        return f"{n}{dict(zip('123', ('st', 'nd', 'rd'), strict=True)).get(n, 'th')} quarter {year}"

    def month(self, name: str) -> str:
        year, month = name.split("-")
        said = MONTHS[self.locale].split()[int(month) - 1]
        return f"{said} de {year}" if self.locale == "es" else f"{said} {year}"

    def day(self, iso: str) -> str:
        found = date.fromisoformat(iso)
        month = SHORT[self.locale].split()[found.month - 1]
        said = f"{month} {found.day}, {found.year}" if self.locale == "en" else f"{found.day} {month} {found.year}"
        return said.replace(" ", NBSP)

    def place(self, group: Sequence[str]) -> str:
        names = NAMES[self.locale]
        return names[""] if tuple(group) == ALL else f" {names['and']} ".join(names[code] for code in group)

    # --- technical assistance

    def stages(self, place: str, quarter: str) -> list[str]:
        found = self.plants.stages[place, quarter]
        shares = (self.both(found[stage], self.plants.share(place, quarter, stage)) for stage in STAGES[1:])
        return [self.count(found["scope"]), *shares]

    def conversions(self, quarter: str) -> list[str]:
        return [self.percent(self.plants.share(place, quarter, "acting", "assessed")) for place in PLACES]

    def penetration_tiles(self, quarter: str, *, latest: bool = True) -> dict[str, str]:
        """P0 to P9: name of each tile in `strings/*.yml` -> what it must say."""
        plants, found = self.plants, self.plants.stages["", quarter]
        tiles = {"scope": self.count(found["scope"]), "enrolled": self.count(found["enrolled"])}
        for stage in ("contacted", "assisted", "assessed", "acting", "verified"):
            tiles[stage] = self.percent(plants.share("", quarter, stage))
        tiles["conversion"] = self.conversions(quarter)[0]
        if latest:
            tiles["implemented_count"] = self.percent(plants.implementation(ALL, "count"))
            tiles["implemented_value"] = self.percent(plants.implementation(ALL, "saving"))
            tiles["realisation"] = self.exact(plants.realisation(ALL))
            tiles["days_to_action"] = self.days(plants.data["days_to_action"])
        return tiles

    def penetration(self) -> Iterator[tuple[str, Rows]]:
        """Id of each figure -> its rows."""
        plants = self.plants
        for place in PLACES:
            yield (
                f"stages-{place.lower() or 'all'}",
                [(self.quarter(q), *self.stages(place, q)) for q in plants.quarters],
            )
        yield "conversion", [(self.quarter(q), *self.conversions(q)) for q in plants.quarters]
        for name, kind, said in (("count", "count", self.count), ("value", "saving", self.money)):
            groups = plants.groups(f"{kind}:identified", "")
            yield (
                f"actions-{name}",
                [
                    (self.place(group), *(said(plants.total(f"{kind}:{status}", group, "")) for status in STATUSES))
                    for group in [*([ALL] if len(groups) > 1 else []), *groups]
                ],
            )

    def rates(self) -> Rows:
        """P6 to P8 and the payback, in a table of its own."""
        conversions = self.conversions(self.plants.quarters[-1])
        return [
            (
                self.place(group),
                conversion,
                self.percent(self.plants.implementation(group, "count")),
                self.percent(self.plants.implementation(group, "saving")),
                self.exact(self.plants.realisation(group)),
                self.years(self.plants.payback(group)),
            )
            for group, conversion in zip(OWN, conversions, strict=True)
        ]

    # --- environmental results

    def environment_tiles(self) -> dict[str, str]:
        """E14 and E15 verified, and the coverage."""
        plants = self.plants
        avoided = {
            f"avoided-{name}": self.quantity(plants.total(f"avoided:{name}", ALL, ""), self.unit(name))
            for name in COMPARED[:4]
        }
        return {
            "saved": self.money(plants.total("saved", ALL, "")),
            "invested": self.money(plants.total("invested", ALL, "")),
            "payback": self.years(plants.payback(ALL)),
            **avoided,
            "coverage": self.percent(plants.coverage.get(("", plants.quarters[-1]))),
        }

    def span(self, known: Callable[[str], object]) -> list[str]:
        """The quarters from the first to the last that has something to show."""
        some = [quarter for quarter in self.plants.quarters if known(quarter)]
        return [quarter for quarter in self.plants.quarters if some and some[0] <= quarter <= some[-1]]

    def amount(self, found: dict[str, Any], *, classed: bool = True) -> list[str]:
        classes = [self.percent(found["classes"].get(name)) for name in "MCE"] if classed else ["*"] * 3
        return [self.number(found["value"]), self.count(found["plants"]), *classes, self.day(found["as_of"])]

    def environment(self) -> Iterator[tuple[str, Rows]]:
        """Id of each figure -> its rows."""
        plants, amounts = self.plants, self.plants.amounts
        yield (
            "money",
            [
                (
                    self.place(group),
                    "*",
                    self.money(found["value"]),
                    self.count(found["plants"]),
                    self.day(found["as_of"]),
                )
                for name in ("saved", "saving:verified", "saving:implemented", "invested")
                for group in plants.groups(name, "")
                for found in (amounts[name, group, ""],)
            ],
        )
        yield (
            "coverage",
            [
                (self.quarter(q), *(self.both(plants.reporting[of, q], plants.coverage.get((of, q))) for of in PLACES))
                for q in self.span(lambda quarter: any((of, quarter) in plants.coverage for of in PLACES))
            ],
        )
        for name in COMPARED:
            yield (
                f"avoided-{name}",
                [
                    (self.place(group), "*", *self.amount(amounts[kind, group, ""], classed=kind.startswith("avoided")))
                    for kind in (f"avoided:{name}", f"avoid:{name}")
                    for group in plants.groups(kind, "")
                ],
            )
            quarters = self.span(
                lambda q, name=name: all(plants.groups(f"{name}@{of}", q) for of in ("now", "expected"))
            )
            yield f"change-{name}", [row for q in quarters for row in self.changes(name, q, (self.quarter(q),))]
        for name in MEASURES:
            yield (
                f"quantity-{name}",
                [
                    (self.quarter(q), self.place(group), *self.amount(amounts[name, group, q]))
                    for q in self.span(lambda q, name=name: plants.groups(name, q))
                    for group in plants.groups(name, q)
                ],
            )
        for name in ("diversion", "material-yield"):
            yield (
                name,
                [
                    (self.quarter(q), *(self.percent(plants.ratio(name, group, q)) for group in OWN))
                    for q in self.span(lambda q, name=name: any(plants.ratio(name, group, q) for group in OWN))
                ],
            )
        for name in COMPARED:
            known = {(unit, q): value for (of, unit, q), value in plants.intensities.items() if of == name}
            units = [unit for unit in OUTPUTS["en"] if any(unit == each for each, _ in known)]
            quarters = self.span(lambda q, known=known: any(q == when for _, when in known))
            yield (
                f"intensity-{name}",
                [(self.quarter(q), *(self.number(known.get((unit, q))) for unit in units)) for q in quarters],
            )

    def per(self, name: str, unit: str) -> str:
        """`GJ per tonne`."""
        return f"{self.unit(name)} {PER[self.locale]} {OUTPUTS[self.locale][unit]}"

    def changes(self, name: str, quarter: str, first: tuple[str, ...], unit: str = "") -> Rows:
        """What was used, expected at the baseline's intensity, avoided, and the change (E14, MET-15)."""
        rows: Rows = []
        for group in self.plants.groups(f"{name}@now", quarter):
            *sums, share = self.plants.compared(name, group, quarter)
            sign = "" if share is None or abs(share) < 95 else "≥" + NBSP if share > 0 else "≤" + NBSP
            said = [self.quantity(value, unit) if unit else self.number(value) for value in sums]
            behind = self.count(self.plants.amounts[f"{name}@now", group, quarter]["plants"])
            rows.append((*first, self.place(group), behind, *said, sign + self.exact(share)))
        return rows

    def complements(self, country: str, written: Sequence[dict[str, Any]]) -> Rows:
        """What one country asks for besides, as `records/metrics.yml` orders it, the newest year first."""
        rows: Rows = []
        for asked in written:
            years = sorted((year for name, year in self.plants.complements if name == asked["id"]), reverse=True)
            for year in years if asked["country"] == country else ():
                found = self.plants.complements[asked["id"], year]
                unit = asked.get("unit", "1")
                value = self.number(found["value"]) if unit == "1" else self.quantity(found["value"], unit)
                if unit == "kg":
                    value = f"{self.quantity(found['value'] / 0.45359237, 'lb')} ({value})"
                if asked["kind"] == "yes-no":
                    value = f"{self.count(found['value'])} {YES[self.locale]}"
                name, plants = asked["name"][self.locale], self.count(found["plants"])
                rows.append((name, year, value, plants, self.day(found["as_of"])))
        return rows

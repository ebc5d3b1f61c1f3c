"""A course -> the manifest of SCORM 2004, 4th edition.

Source: ADL, SCORM 2004 4th Edition Content Aggregation Model; IMS Content Packaging 1.1.4 and Simple Sequencing 1.0.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from greensupply.packages.course import Course, Format, Unit
from greensupply.packages.manifest import Manifest

_IMS = "http://www.imsglobal.org/xsd/imscp_v1p1"
_ADL = "http://www.adlnet.org/xsd/adlcp_v1p3"
_SEQUENCING = "http://www.imsglobal.org/xsd/imsss"
_NAMESPACES: dict[Any, str] = {
    None: _IMS,
    "adlcp": _ADL,
    "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
    "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
    "imsss": _SEQUENCING,
}
_DECIMALS = 4
"""Of a measure. Source: SCORM 2004 4th Edition CAM, minNormalizedMeasure."""


def mastery(pass_mark: float) -> float:
    """The pass mark as a measure."""
    return round(pass_mark, _DECIMALS)


def files(course: Course) -> dict[str, bytes]:
    """`imsmanifest.xml`, each item with its pass mark; any of them can be chosen."""
    manifest = Manifest(course, "2004 4th Edition", _IMS, _ADL, "scormType", _NAMESPACES)
    for unit, item in zip(course.units, manifest.items, strict=True):
        _sequence(item, unit)
    sequencing = etree.SubElement(manifest.organization, f"{{{_SEQUENCING}}}sequencing")
    etree.SubElement(sequencing, f"{{{_SEQUENCING}}}controlMode", choice="true", flow="true")
    return manifest.files()


def _sequence(item: etree._Element, unit: Unit) -> None:
    etree.SubElement(item, f"{{{_ADL}}}completionThreshold", completedByMeasure="true", minProgressMeasure="1.0")
    sequencing = etree.SubElement(item, f"{{{_SEQUENCING}}}sequencing")
    objectives = etree.SubElement(sequencing, f"{{{_SEQUENCING}}}objectives")
    primary = etree.SubElement(
        objectives,
        f"{{{_SEQUENCING}}}primaryObjective",
        objectiveID=f"objective-{unit.id}",
        satisfiedByMeasure="true",
    )
    measure = etree.SubElement(primary, f"{{{_SEQUENCING}}}minNormalizedMeasure")
    measure.text = f"{mastery(unit.pass_mark):.{_DECIMALS}f}".rstrip("0").rstrip(".")
    etree.SubElement(
        sequencing, f"{{{_SEQUENCING}}}deliveryControls", completionSetByContent="true", objectiveSetByContent="true"
    )


FORMAT = Format("scorm2004", files, "start-scorm2004.js", mastery, most_questions=1000)

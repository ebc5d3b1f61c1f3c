"""A course -> the manifest of SCORM 1.2.

Source: ADL, SCORM 1.2 Content Aggregation Model; IMS Content Packaging 1.1.2. Schema files stay out of the zip: only
ADL's conformance test wants them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lxml import etree

from greensupply.packages.course import Course, Format
from greensupply.packages.manifest import Manifest

_IMS = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_NAMESPACES: dict[Any, str] = {None: _IMS, "adlcp": _ADL}


def mastery(pass_mark: float) -> int:
    """The pass mark as whole points of 100, rounded down: no LMS then fails a learner whom the module has passed."""
    return int(Decimal(str(pass_mark)) * 100)


def files(course: Course) -> dict[str, bytes]:
    """`imsmanifest.xml`, each item with its mastery score."""
    manifest = Manifest(course, "1.2", _IMS, _ADL, "scormtype", _NAMESPACES)
    for unit, item in zip(course.units, manifest.items, strict=True):
        etree.SubElement(item, f"{{{_ADL}}}masteryscore").text = str(mastery(unit.pass_mark))
    return manifest.files()


FORMAT = Format("scorm12", files, "start-scorm12.js", lambda pass_mark: mastery(pass_mark) / 100, most_questions=100)

"""A course -> the manifest of SCORM 1.2.

Source: ADL, SCORM 1.2 Content Aggregation Model; IMS Content Packaging 1.1.2. Schema files stay out of the zip: only
ADL's conformance test wants them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lxml import etree

from greensupply.packages.course import Course, Format

_IMS = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_NAMESPACES: dict[Any, str] = {None: _IMS, "adlcp": _ADL}


def mastery(pass_mark: float) -> int:
    """The pass mark as whole points of 100, rounded down: no LMS then fails a learner whom the module has passed."""
    return int(Decimal(str(pass_mark)) * 100)


def files(course: Course) -> dict[str, bytes]:
    """`imsmanifest.xml`: one organization with one item, and one SCO, for each module."""
    manifest = etree.Element(
        f"{{{_IMS}}}manifest",
        {"identifier": course.identifier, "version": str(course.revision)},
        nsmap=_NAMESPACES,
    )
    metadata = _add(manifest, "metadata")
    _add(metadata, "schema", "ADL SCORM")
    _add(metadata, "schemaversion", "1.2")
    organization = _add(_add(manifest, "organizations", default="org"), "organization", identifier="org")
    _add(organization, "title", course.title)
    resources = _add(manifest, "resources")
    for unit in course.units:
        item = _add(
            organization, "item", identifier=f"item-{unit.id}", identifierref=f"sco-{unit.id}", isvisible="true"
        )
        _add(item, "title", unit.titles[course.locales[0]])
        etree.SubElement(item, f"{{{_ADL}}}masteryscore").text = str(mastery(unit.pass_mark))
        sco = _resource(resources, f"sco-{unit.id}", "sco", unit.files, href=unit.start)
        _add(sco, "dependency", identifierref="shared")
    _resource(resources, "shared", "asset", course.shared)
    return {"imsmanifest.xml": etree.tostring(manifest, encoding="UTF-8", xml_declaration=True, pretty_print=True)}


def _resource(
    resources: etree._Element, identifier: str, kind: str, paths: tuple[str, ...], **more: str
) -> etree._Element:
    resource = _add(resources, "resource", identifier=identifier, type="webcontent", **more)
    resource.set(f"{{{_ADL}}}scormtype", kind)
    for path in paths:
        _add(resource, "file", href=path)
    return resource


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_IMS}}}{tag}", attributes)
    element.text = text
    return element


FORMAT = Format("scorm12", files, "start-scorm12.js", lambda pass_mark: mastery(pass_mark) / 100, most_questions=100)

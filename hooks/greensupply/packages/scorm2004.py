"""A course -> the manifest of SCORM 2004, 4th edition.

Source: ADL, SCORM 2004 4th Edition Content Aggregation Model; IMS Content Packaging 1.1.4 and Simple Sequencing 1.0.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from greensupply.packages.course import Course, Format, Unit

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
    """`imsmanifest.xml`: one organization with one item, and one SCO, for each module; any of them can be chosen."""
    manifest = etree.Element(
        f"{{{_IMS}}}manifest",
        {"identifier": course.identifier, "version": str(course.revision)},
        nsmap=_NAMESPACES,
    )
    metadata = _add(manifest, "metadata")
    _add(metadata, "schema", "ADL SCORM")
    _add(metadata, "schemaversion", "2004 4th Edition")
    organization = _add(_add(manifest, "organizations", default="org"), "organization", identifier="org")
    _add(organization, "title", course.title)
    resources = _add(manifest, "resources")
    for unit in course.units:
        _item(organization, unit, course.locales[0])
        sco = _resource(resources, f"sco-{unit.id}", "sco", unit.files, href=unit.start)
        _add(sco, "dependency", identifierref="shared")
    sequencing = etree.SubElement(organization, f"{{{_SEQUENCING}}}sequencing")
    etree.SubElement(sequencing, f"{{{_SEQUENCING}}}controlMode", choice="true", flow="true")
    _resource(resources, "shared", "asset", course.shared)
    return {"imsmanifest.xml": etree.tostring(manifest, encoding="UTF-8", xml_declaration=True, pretty_print=True)}


def _item(organization: etree._Element, unit: Unit, locale: str) -> None:
    item = _add(organization, "item", identifier=f"item-{unit.id}", identifierref=f"sco-{unit.id}", isvisible="true")
    _add(item, "title", unit.titles[locale])
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


def _resource(
    resources: etree._Element, identifier: str, kind: str, paths: tuple[str, ...], **more: str
) -> etree._Element:
    resource = _add(resources, "resource", identifier=identifier, type="webcontent", **more)
    resource.set(f"{{{_ADL}}}scormType", kind)
    for path in paths:
        _add(resource, "file", href=path)
    return resource


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_IMS}}}{tag}", attributes)
    element.text = text
    return element


FORMAT = Format("scorm2004", files, "start-scorm2004.js", mastery, most_questions=1000)

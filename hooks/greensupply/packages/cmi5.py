"""A course -> `cmi5.xml`, the course structure of cmi5, with one assignable unit (AU) for each module.

Titles stand there in every language of the package, so one package for all of them is the usual one. Source: cmi5
specification (Quartz), sections 13 and 14; AICC, CourseStructure.xsd.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from greensupply.locales import LANGUAGE_TAGS
from greensupply.packages.course import Course, Format, Unit

_CMI5 = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_NAMESPACES: dict[Any, str] = {None: _CMI5}
_TYPE = "http://adlnet.gov/expapi/activities/module"
_DECIMALS = 4
"""Of a mastery score. Source: cmi5, 13.1.4."""
ENDPOINTS = "'self' https: http://127.0.0.1:* http://localhost:*"
"""An LMS names its endpoint at launch only. Without encryption it is this machine, or where the page itself is from."""


def mastery(pass_mark: float) -> float:
    """The pass mark as a mastery score."""
    return round(pass_mark, _DECIMALS)


def activity(course: Course, unit: Unit) -> str:
    """Id of a module for ever: what records of the hub's own pages call it too."""
    return f"{course.url}modules/{unit.id}"


def files(course: Course) -> dict[str, bytes]:
    """`cmi5.xml`."""
    root = etree.Element(f"{{{_CMI5}}}courseStructure", nsmap=_NAMESPACES)
    whole = _add(root, "course", id=f"{course.url}{course.kind}/{course.id}#course")
    _texts(whole, course.titles, course.summaries)
    for unit in course.units:
        au = _add(
            root,
            "au",
            id=activity(course, unit),
            moveOn="CompletedAndPassed",
            masteryScore=f"{mastery(unit.pass_mark):.{_DECIMALS}f}".rstrip("0").rstrip("."),
            launchMethod="AnyWindow",
            activityType=_TYPE,
        )
        _texts(au, unit.titles, unit.summaries)
        _add(au, "url", unit.start)
    return {"cmi5.xml": etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)}


def _texts(parent: etree._Element, titles: Mapping[str, str], summaries: Mapping[str, str]) -> None:
    for tag, texts in (("title", titles), ("description", summaries)):
        element = _add(parent, tag)
        for locale, text in texts.items():
            _add(element, "langstring", text, lang=LANGUAGE_TAGS[locale])


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_CMI5}}}{tag}", attributes)
    element.text = text
    return element


FORMAT = Format("cmi5", files, "start-cmi5.js", mastery, most_questions=1000, connect=ENDPOINTS, from_address=True)

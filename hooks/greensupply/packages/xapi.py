"""A course -> `tincan.xml`, by which an LMS launches pages that speak xAPI (Tin Can); an activity for each module.

Source: Rustici Software, "Tin Can launch"; its ids are those of the hub's own records.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from greensupply.locales import LANGUAGE_TAGS
from greensupply.packages import cmi5
from greensupply.packages.course import Course, Format

_TINCAN = "http://projecttincan.com/tincan.xsd"
_NAMESPACES: dict[Any, str] = {None: _TINCAN}
_TYPE = "http://adlnet.gov/expapi/activities/module"


def files(course: Course) -> dict[str, bytes]:
    """`tincan.xml`; a page is the same for all languages and finds its own."""
    root = etree.Element(f"{{{_TINCAN}}}tincan", nsmap=_NAMESPACES)
    activities = _add(root, "activities")
    for unit in course.units:
        activity = _add(activities, "activity", id=cmi5.activity(course, unit), type=_TYPE)
        for tag, texts in (("name", unit.titles), ("description", unit.summaries)):
            for locale, text in texts.items():
                _add(activity, tag, text, lang=LANGUAGE_TAGS[locale])
        _add(activity, "launch", unit.start, lang=LANGUAGE_TAGS[course.locales[0]])
    return {"tincan.xml": etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)}


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_TINCAN}}}{tag}", attributes)
    element.text = text
    return element


FORMAT = Format(
    "xapi", files, "start-xapi.js", cmi5.mastery, most_questions=1000, connect=cmi5.ENDPOINTS, from_address=True
)

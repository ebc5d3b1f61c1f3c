"""XLIFF 2.0 files, read and written with lxml. Source: OASIS, XLIFF Version 2.0 and 2.1, core.

Only the core is written, which both versions share. What tools add is understood: a unit cut into several segments,
marks around terms, codes around words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from greensupply.errors import GreenSupplyError, Problem
from greensupply.interchange.unit import Exchange, Unit, checked
from greensupply.locales import LANGUAGE_TAGS, SOURCE

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
NAMES: Any = {None: NAMESPACE}  # the stubs know no default namespace
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ORIGINAL = re.compile(r"([^/]+)/en\.md$")


def write(exchange: Exchange) -> bytes:
    """Return the file."""
    tag = LANGUAGE_TAGS[exchange.locale]
    root = etree.Element(_name("xliff"), {"version": "2.0", "srcLang": SOURCE, "trgLang": tag}, nsmap=NAMES)
    file = etree.SubElement(root, _name("file"), id=exchange.module, original=f"modules/{exchange.module}/{SOURCE}.md")
    words: list[tuple[etree._Element, str]] = []
    for unit in exchange.units:
        element = etree.SubElement(file, _name("unit"), id=unit.id)
        notes = etree.SubElement(element, _name("notes"))
        for category, note in (("location", unit.place), ("description", unit.note)):
            if note:
                etree.SubElement(notes, _name("note"), category=category).text = _NOT_XML.sub(" ", note)
        if not len(notes):
            element.remove(notes)
        segment = etree.SubElement(element, _name("segment"))
        words.append((etree.SubElement(segment, _name("source"), {_SPACE: "preserve"}), unit.source))
        if unit.target:
            segment.set("state", "translated" if unit.sure else "initial")
            words.append((etree.SubElement(segment, _name("target"), {_SPACE: "preserve"}), unit.target))
    etree.indent(root)  # before there are words: in them, space counts
    for element, text in words:
        _fill(element, text)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def read(data: bytes, path: str) -> Exchange:
    """Return what the file holds. Nothing outside of it is read, and no entity is put in.

    Raises:
        GreenSupplyError: Damaged XML, a DOCTYPE, another kind of XML, or not of a module.
    """

    def refuse(line: int, what: str, how: str) -> GreenSupplyError:
        return GreenSupplyError([Problem(path, line, what, how)])

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        how = "Save the file anew from your translation tool, or export the module again."
        raise refuse(error.lineno or 1, "the XML is damaged here.", how) from None
    document: Any = root.getroottree().docinfo  # nor this
    if document.doctype:
        raise refuse(1, "a DOCTYPE is not allowed.", "Delete the line `<!DOCTYPE …>`.")
    if root.tag != _name("xliff"):
        version = root.get("version", "") if etree.QName(root).localname == "xliff" else ""
        what = f"is XLIFF {version}, not 2.0 or 2.1." if version else "is XML, but not XLIFF 2."
        how = "Export it with `--format xliff`, and let your tool save the same version."
        raise refuse(1, what, f"{how} A tool that knows only XLIFF 1 reads `--format po`." if version else how)
    files = root.findall(_name("file"))
    found = _ORIGINAL.search(files[0].get("original", "")) if len(files) == 1 else None
    units = tuple(_unit(element) for element in root.iter(_name("unit")))
    return checked(found[1] if found else "", root.get("trgLang", ""), units, path)


def _unit(element: etree._Element) -> Unit:
    """A unit; where the tool cut it into segments, they are one again."""
    source, target, done, sure = "", "", True, True
    for part in element.iterchildren(_name("segment"), _name("ignorable")):
        there, here = part.find(_name("source")), part.find(_name("target"))
        said = _text(there)
        source += said
        if here is not None and _text(here).strip():
            target += _text(here)
            sure = sure and part.get("state") != "initial"
        elif said.strip() and part.tag == _name("segment"):
            done = False
        else:
            target += said
    line: Any = element.sourceline  # the stubs say `...`
    return Unit(element.get("id", ""), source, target if done else "", sure, line or 0)


def _fill(element: etree._Element, text: str) -> None:
    """Put text into an element, signs that XML cannot hold as `<cp hex="001B"/>`."""
    last, place = None, 0
    for found in (*_NOT_XML.finditer(text), None):
        piece = text[place : found.start() if found else len(text)]
        if last is None:
            element.text = piece
        else:
            last.tail = piece
        if found:
            last = etree.SubElement(element, _name("cp"), hex=f"{ord(found[0]):04X}")
            place = found.end()


def _text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _name("cp"):
            code = child.get("hex", "")
            yield chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else ""
        else:
            yield from _pieces(child)
        yield child.tail or ""


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"

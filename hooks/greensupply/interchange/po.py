"""PO files of gettext: one entry a segment, its id as `msgctxt`. Source: the GNU gettext manual, "PO Files"."""

from __future__ import annotations

import re

import polib

from greensupply.errors import GreenSupplyError, Problem
from greensupply.interchange.unit import Exchange, Unit, checked
from greensupply.locales import LANGUAGE_TAGS, SOURCE

MODULE = "X-Green-Supply-Module"
_SPLITTERS = "\x1c\x1d\x1e\x85\u2028\u2029"
"""Line ends to `str.splitlines`, with which polib reads, but not to gettext."""
_AWAY = {ord(sign): 0xF8F0 + place for place, sign in enumerate(_SPLITTERS)}
_BACK = {away: sign for sign, away in _AWAY.items()}
_GOOD = re.compile(
    r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"\s*)?$', re.DOTALL
)
"""A line of PO; polib also takes one whose string is not closed, without its last sign."""
_LINE = re.compile(r"line (\d+)")


def write(exchange: Exchange) -> bytes:
    """Return the file."""
    po = polib.POFile(wrapwidth=0)  # a line a line, whatever its length: tools wrap as they like
    po.header = f"Module {exchange.module}, translated from English.\nKeep the Markdown signs; see CONTRIBUTING.md."
    po.metadata = {
        "Project-Id-Version": f"greensupply {exchange.module}",
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",  # gettext's own word for: not yet; tools fill it in
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "none",
        "Language": LANGUAGE_TAGS[exchange.locale].replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": SOURCE,
        MODULE: exchange.module,
    }
    for unit in exchange.units:
        file, _, line = unit.place.rpartition(":")
        entry = polib.POEntry(
            msgctxt=unit.id,
            msgid=unit.source,
            msgstr=unit.target,
            comment=unit.note,
            occurrences=[(file, line)] if file else [],
            flags=[] if unit.sure else ["fuzzy"],
        )
        po.append(entry)
    return f"{po}".encode()


def read(data: bytes, path: str) -> Exchange:
    """Return what the file holds; obsolete entries are left out.

    Raises:
        GreenSupplyError: Not UTF-8, not PO, or not of a module.
    """

    def refuse(line: int, what: str, how: str) -> GreenSupplyError:
        return GreenSupplyError([Problem(path, line, what, how)])

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(line, "is not UTF-8.", "Save it as UTF-8 in your translation tool.") from None
    if not re.search(r"^msgid\s", text, re.MULTILINE):
        how = "Name a file that `greensupply export` wrote and your tool saved in the same format."
        raise refuse(1, "is neither XLIFF 2 nor PO.", how)
    how = "Mend that line, or save the file anew from your translation tool."
    for number, written in enumerate(text.split("\n"), 1):
        if not _GOOD.match(written):
            raise refuse(number, "is no valid PO file here.", how)
    try:
        po = polib.pofile(text.translate(_AWAY) + "\n")
    except (OSError, ValueError, IndexError) as error:
        found = _LINE.search(str(error))
        raise refuse(int(found[1]) if found else 1, "is no valid PO file here.", how) from None
    entries = (entry for entry in po if not entry.obsolete)
    units = tuple(
        Unit(
            str(entry.msgctxt or ""),
            entry.msgid.translate(_BACK),
            entry.msgstr.translate(_BACK),
            sure="fuzzy" not in entry.flags,
            line=int(entry.linenum or 0),
        )
        for entry in entries
    )
    return checked(po.metadata.get(MODULE, ""), po.metadata.get("Language", ""), units, path)

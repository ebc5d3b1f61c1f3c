"""A module's words on their way to a translation tool and back.

en.md, es.md -outgoing.exchange-> Exchange -xliff.write, po.write-> file
file -xliff.read, po.read-> Exchange -incoming.merged-> Merged: the new es.md, and what became of each segment
"""

from __future__ import annotations

from greensupply.interchange import po, xliff
from greensupply.interchange.incoming import Merged, merged
from greensupply.interchange.outgoing import exchange
from greensupply.interchange.unit import Exchange, Unit

__all__ = ["FORMATS", "Exchange", "Merged", "Unit", "exchange", "merged", "read", "write"]

FORMATS = ("xliff", "po")


def write(found: Exchange, form: str) -> bytes:
    """Return the file in one of `FORMATS`; the same bytes for the same words."""
    return po.write(found) if form == "po" else xliff.write(found)


def read(data: bytes, path: str) -> Exchange:
    """Return what a file of either format holds, told apart by its content.

    Raises:
        GreenSupplyError: Neither format, damaged, or without the module and language that it is for.
    """
    start = data[:4000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return xliff.read(data, path) if start.startswith(b"<") else po.read(data, path)

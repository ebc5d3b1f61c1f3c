"""A page of the site -> the same page for a folder without a server; every byte stays but those that must differ."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Set
from dataclasses import dataclass

from greensupply.offline.contents import resolve

_ATTRIBUTES = r"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)"
_APART = re.compile(
    r"(<!--.*?-->|<script\b[^>]*>.*?</script>|<(?P<ours>offline-notice|language-offer)\b.*?</(?P=ours)>\s*)", re.DOTALL
)
"""What is not looked into; of it, our two that need a server or other languages are left out."""
_ENTRY = re.compile(rf"<li>\s*<a(?=\s){_ATTRIBUTES}>[^<]*</a>\s*</li>\s*")
_LINK = re.compile(rf"<a(?=\s){_ATTRIBUTES}>(.*?)</a>", re.DOTALL)
_HEAD = re.compile(rf"<(?:link|meta)(?=\s){_ATTRIBUTES}>\s*")
_ADDRESS = re.compile(r"(?<=\shref=)(?:\"([^\"]*)\"|'([^']*)')")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class Folder:
    """What the folder holds.

    Attributes:
        files: Every file in it, by its path.
        url: Address of the site's root on the web with a slash at its end, for what is not in it; empty if unknown.
        script: Path of the script that mends links which other scripts make.
    """

    files: Set[str]
    url: str
    script: str


def rewritten(text: str, path: str, folder: Folder) -> str:
    """Return the page at `path` as it stands in the folder.

    Links to pages name the file; those to what is not in the folder lead to the web, or are no links any more; an entry
    of the language switch without a goal is left out. The policy also names `file:`, because not every browser takes
    `'self'` for it. What belongs to the web app goes.
    """

    def entry(found: re.Match[str]) -> str:
        lost = (
            " hreflang=" in found[1]
            and (address := _address(found[1])) is not None
            and _goal(address, path, folder) is None
        )
        return "" if lost else found[0]

    def link(found: re.Match[str]) -> str:
        address = _address(found[1])
        if address is None:
            return found[0]
        goal = _goal(address, path, folder)
        if goal is None:
            return found[2]
        if goal == address:
            return found[0]
        quoted = f'"{html.escape(goal)}"'
        return f"<a{_ADDRESS.sub(lambda _: quoted, found[1], count=1)}>{found[2]}</a>"

    parts = []
    for part in _split(text):
        if not _APART.fullmatch(part):
            part = _HEAD.sub(_head, _LINK.sub(link, _ENTRY.sub(entry, part)))
        elif part.startswith(("<offline-notice", "<language-offer")):
            continue
        parts.append(part)
    script = posixpath.relpath(folder.script, posixpath.dirname(path) or ".")
    return "".join(parts).replace("</head>", f'<script src="{script}"></script>\n</head>', 1)


def _split(text: str) -> list[str]:
    """The text in pieces, those that are not looked into apart."""
    pieces, end = [], 0
    for found in _APART.finditer(text):
        pieces += [text[end : found.start()], found[0]]
        end = found.end()
    return [*pieces, text[end:]]


def _head(found: re.Match[str]) -> str:
    """A `link` or `meta` of the head; the manifest goes, and alternates without an address on the web."""
    attributes = found[1]
    if 'rel="manifest"' in attributes:
        return ""
    if 'rel="alternate' in attributes and not _SCHEME.match(_address(attributes) or ""):
        return ""
    if "Content-Security-Policy" in attributes:
        return found[0].replace("'self'", "'self' file:")
    return found[0]


def _address(attributes: str) -> str | None:
    found = _ADDRESS.search(attributes)
    return html.unescape(found[1] if found[1] is not None else found[2]) if found else None


def _goal(address: str, path: str, folder: Folder) -> str | None:
    """Where a link of the page at `path` leads in the folder; None for nowhere."""
    inside = address
    if folder.url and address.startswith(folder.url):
        inside = posixpath.relpath(".", posixpath.dirname(path) or ".") + "/" + address[len(folder.url) :]
    elif _SCHEME.match(address) or address.startswith("#") or not address:
        return address
    bare, rest = re.match(r"([^?#]*)(.*)", inside, re.DOTALL).groups()  # type: ignore[union-attr]
    place = resolve(path, bare) if bare else path
    for file in (place, posixpath.join(place, "index.html")):
        if file in folder.files:
            return posixpath.relpath(file, posixpath.dirname(path) or ".") + rest
    if inside is not address:
        return address
    if not folder.url or place.startswith(".."):
        return None
    return folder.url + place + ("/" if bare.endswith("/") and place else "") + rest

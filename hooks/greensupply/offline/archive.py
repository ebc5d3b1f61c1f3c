"""The folder of a built site and a language -> one zip that opens with a double-click, without a server."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from markupsafe import escape

from greensupply import components
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LANGUAGE_TAGS, SOURCE, words
from greensupply.offline import contents
from greensupply.offline.links import Folder, rewritten
from greensupply.offline.standing import texts

README = "README.txt"
START, START_SCRIPT = "index.html", "start.js"
LONGEST = 120
"""Characters of a path: with the folder that it is unpacked into, Windows takes 260."""

_LINKS_SCRIPT = f"{contents.LISTS}/folder.js"
_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"\\|?*\x00-\x1f]')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
_NOWHERE = re.compile(r"https?://(?:[^/]*\.)?(?:example|test|invalid|localhost|example\.(?:com|net|org))(?::\d+)?/")
"""Names that lead nowhere. Source: RFC 2606, RFC 6761."""


def files(site: Path, locale: str) -> dict[str, bytes]:
    """Return every file of the zip by its path, sorted.

    Arguments:
        site: Folder of the built site; it has the language.
        locale: The language.

    Raises:
        GreenSupplyError: A path cannot be unpacked on every system.
    """
    paths = [path for path in contents.files(site, locale) if not path.endswith(".webmanifest")]
    found = {path: (site / path).read_bytes() for path in paths}
    folder = Folder(frozenset(found), url(site, locale), _LINKS_SCRIPT)
    for path in contents.pages(site, locale):
        found[path] = rewritten(found[path].decode(), path, folder).encode()
    readme = texts(locale)["readme"].format(name=words(locale)["site"]["name"])
    own = {_LINKS_SCRIPT: _script("folder.js")}
    if locale != SOURCE:  # whose home is the first page already
        own |= {START: _start(locale), START_SCRIPT: _script(START_SCRIPT)}
    own[README] = b"\xef\xbb\xbf" + readme.replace("\n", "\r\n").encode()  # as every Notepad reads it
    found |= own
    if wrong := list(_problems(found)):
        raise GreenSupplyError(wrong)
    return dict(sorted(found.items()))


def zipped(found: Mapping[str, bytes]) -> bytes:
    """The zip's bytes; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in found.items():
            info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data, compresslevel=9)
    return out.getvalue()


def url(site: Path, locale: str) -> str:
    """Address of the site's root on the web, as its pages say; empty if they do not, or if it is only an example."""
    home = contents.home(locale)
    found = _CANONICAL.search((site / home / "index.html").read_text(encoding="utf-8"))
    said = found[1].removesuffix("index.html") if found else ""
    return said.removesuffix(home) if said.endswith(f"/{home}") and not _NOWHERE.match(said) else ""


def _start(locale: str) -> bytes:
    """The first page of a language whose home lies deeper: it leads on, or says what to do where that fails."""
    say, name = texts(locale), escape(words(locale)["site"]["name"])
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE_TAGS[locale]}">\n<head>\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' file:\">\n"
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<title>{name}</title>\n<script defer src="{START_SCRIPT}"></script>\n</head>\n<body>\n<main>\n'
        f"<h1>{name}</h1>\n"
        f'<p><a href="{contents.home(locale)}index.html">{escape(say["start"])}</a></p>\n'
        f"<p>{escape(say['start_unpack'])}</p>\n</main>\n</body>\n</html>\n"
    ).encode()


def _script(name: str) -> bytes:
    return (components.FOLDER / "offline-notice" / name).read_bytes()


def _problems(paths: Iterable[str]) -> Iterator[Problem]:
    known: dict[str, str] = {}
    for path in paths:
        twin = known.setdefault(path.lower(), path)
        if twin != path:
            yield Problem(path, 1, f"it and `{twin}` are one file for Windows.", "Rename one of the two.")
        if len(path) >= LONGEST:
            yield Problem(path, 1, f"its path has {len(path)} characters.", f"Keep it below {LONGEST}.")
        if any(_WINDOWS.fullmatch(part) or _UNSAFE.search(part) or part[-1] in " ." for part in path.split("/")):
            yield Problem(path, 1, "Windows takes no such name.", "Rename it.")

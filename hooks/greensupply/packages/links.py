"""A module's HTML -> the same for a package: its files beside it, no link that leads nowhere or leaves the frame."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from markupsafe import escape

from greensupply import prose
from greensupply.addresses import Site, from_page

_ATTRIBUTES = r"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)"
_LINK = re.compile(rf"<a(?=\s){_ATTRIBUTES}>(.*?)</a>", re.DOTALL)
_IMAGE = re.compile(rf"<img(?=\s){_ATTRIBUTES}>")
_HREF = re.compile(r"\shref=\"([^\"]*)\"")
_SOURCE = re.compile(r"(?<=\ssrc=)\"([^\"]*)\"")
_ONLY_GLOSSARY = re.compile(r"<p><a href=\"[^\"]*\"[^>]*>[^<]*</a></p>(?=</div>)")
_UNSAFE = re.compile(r"[^A-Za-z0-9._/-]+")


@dataclass
class Links:
    """Rewrites the links of one module's page in one language; `used` grows with each file that the page needs.

    Attributes:
        module: The module's id.
        locale: Language of the page.
        site: How the hub writes addresses; without an address its pages are named in words only.
        assets: Files of modules: site path -> path on disk.
        say: Words of the component `lms-session`.
        used: Path beside the page -> path on disk.
    """

    module: str
    locale: str
    site: Site
    assets: Mapping[str, str]
    say: Mapping[str, str]
    used: dict[str, str] = field(default_factory=dict)

    def rewritten(self, text: str) -> str:
        """Return the page's HTML with every address as the package needs it."""
        if not self.site.url:
            head, mark, definitions = text.partition('<div class="gs-definitions"')
            text = head + mark + _ONLY_GLOSSARY.sub("", definitions)
        return _LINK.sub(self._link, _IMAGE.sub(self._image, text))

    def _image(self, found: re.Match[str]) -> str:
        return _SOURCE.sub(lambda source: f'"{escape(self._file(self._goal(html.unescape(source[1]))))}"', found[0])

    def _link(self, found: re.Match[str]) -> str:
        written = _HREF.search(found[1])
        address = html.unescape(written[1]) if written else ""
        if not address or address.startswith("#") or prose.scheme(address) == "mailto":
            return found[0]
        if prose.scheme(address):
            return self._outward(address, found)
        goal, mark, anchor = self._goal(address).partition("#")
        if goal == self.site.page(self.locale, f"modules/{self.module}"):
            return self._with(f"#{anchor}", found[1]) + f"{found[2]}</a>"
        if goal in self.assets:
            return self._outward(self._file(goal), found)
        if self.site.url:
            return self._outward(self.site.url + goal + mark + anchor, found)
        return f'<span class="gs-elsewhere">{found[2]} ({escape(self.say["on_hub"])})</span>'

    def _outward(self, address: str, found: re.Match[str]) -> str:
        """Inside an LMS's frame any other page belongs into a window of its own."""
        attributes = re.sub(r"\s(?:rel|target)=\"[^\"]*\"", "", found[1])
        opening = self._with(address, f'{attributes} target="_blank" rel="noopener"')
        return f'{opening}{found[2]}<span class="gs-unseen"> ({escape(self.say["new_window"])})</span></a>'

    def _with(self, address: str, attributes: str) -> str:
        return f"<a{_HREF.sub(lambda _: f' href={chr(34)}{escape(address)}{chr(34)}', attributes, count=1)}>"

    def _goal(self, address: str) -> str:
        """Where a relative address leads, from the site's root; the generator's sources as the pages made of them."""
        return from_page(address, f"modules/{self.module}", self.locale, self.site)

    def _file(self, goal: str) -> str:
        """Path of a module's file beside the page, in ASCII: LMSs stumble over anything else."""
        name = goal.removeprefix(f"modules/{self.module}/")
        plain = _UNSAFE.sub("-", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
        if plain != name:
            stem, suffix = posixpath.splitext(plain)
            plain = f"{stem}-{sha256(name.encode()).hexdigest()[:6]}{suffix}"
        self.used[plain] = self.assets[goal]
        return plain

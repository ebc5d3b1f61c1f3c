"""The search: one script with the words of all pages of a language, and the dialog that every page of it holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from greensupply import components, glossary, search_index, tags
from greensupply.addresses import Site
from greensupply.kept_pack import Pack
from greensupply.locales import LANGUAGE_TAGS
from greensupply.offline import contents
from greensupply.plugin import offline
from greensupply.plugin.assets import ASSETS
from greensupply.plugin.kept_made import Elsewhere
from greensupply.terms import Term

_WRITTEN = frozenset({"label", "close", "hint", "retry"})
"""Words that stand in the template; the script says the others."""


_Told = tuple[str, str, str]
"""Title and address of a page, and the digest of its content."""


class Search:
    """What can be searched, language by language."""

    def __init__(self) -> None:
        self.store = Pack(None)
        """Keeps what is found on a page from one build to the next."""
        self._read: dict[str, tuple[_Told, search_index.Entry]] = {}
        self._found: dict[str, dict[str, search_index.Entry]] = {}
        """Of a preview, what was found on each page of a language, by its source."""

    def rest(self) -> None:
        """Keep nothing: what follows is not a build."""
        self.store = Pack(None)

    def read(self, page: Page, html: str, text: tags.Text, locale: str) -> None:
        """Look at the content of a page while it is taken apart."""
        if _searched(page):
            told = _told(page, html)
            self._read[page.file.src_uri] = told, self._entry(told, locale, lambda: text)

    def gather(
        self,
        files: Files,
        config: MkDocsConfig,
        terms: Sequence[Term],
        content: Callable[[Page], str],
    ) -> None:
        """Add the script of the pages of a language to the site.

        Arguments:
            files: The files of the language.
            config: MkDocs' configuration, in the language's pass.
            terms: The glossary, of which readers may type the abbreviations.
            content: The content of a page that holds none.
        """
        locale = config.theme["language"]
        _dialog.cache_clear()  # its template may have changed
        pages = [file.page for file in files.documentation_pages() if file.page and _searched(file.page)]
        found = {page.file.src_uri: self._found_on(page, locale, content) for page in pages}
        text = search_index.script(found.values(), glossary.abbreviations(terms, locale))
        if offline.is_preview(config):
            self._found[locale] = found
        files.append(File.generated(config, script_name(locale), content=text))

    def changed(self, page: Page, locale: str) -> bool:
        """Look at a page of a preview again; says whether its words have changed."""
        found, uri = self._found[locale], page.file.src_uri
        before = found.get(uri)
        if before:
            found[uri] = self._found_on(page, locale, lambda page: page.content or "")
        return found.get(uri) != before

    def script(self, locale: str, abbreviations: Mapping[str, str]) -> str:
        """The script of a language in a preview, as its pages are now."""
        return search_index.script(self._found[locale].values(), abbreviations)

    def _found_on(self, page: Page, locale: str, content: Callable[[Page], str]) -> search_index.Entry:
        """What is found on a page, which mostly was looked at before."""
        known = self._read.pop(page.file.src_uri, None)
        if known and known[0][:2] == _named(page) and isinstance(page.content, Elsewhere):  # so it was read
            return known[1]
        html = content(page)
        told = _told(page, html)
        if known and known[0] == told:
            return known[1]
        return self._entry(told, locale, lambda: tags.read(html))

    def _entry(self, told: _Told, locale: str, text: Callable[[], tags.Text]) -> search_index.Entry:
        title, address, digest = told
        key = ("entry", title, address, digest, locale)
        if found := self.store.find(key):
            return search_index.read(found.decode())
        entry = search_index.entry(title, address, text(), locale)
        self.store.keep(key, search_index.written(entry).encode())
        return entry


def dialog(locale: str, here: str, site: Site, marks: Mapping[str, str], *, preview: bool) -> str:
    """HTML of the dialog for the page at `here`; only a preview has no versions."""
    script, style = (f"{ASSETS}/{marks[name]}" for name in ("search.js", "search.css"))
    goals = "", script, style, script_name(locale)
    versions = "" if preview else site.link(here, contents.VERSIONS)
    return _dialog(locale, *(site.link(here, goal) for goal in goals), versions)


@lru_cache
def _dialog(locale: str, root: str, script: str, style: str, index: str, versions: str) -> str:
    """The same on all pages of one depth."""
    words: Mapping[str, str] = components.data("site-search", "words.yml")[locale]
    said = {key: text for key, text in words.items() if key not in _WRITTEN}
    return components.render(
        "site-search",
        words=words,
        words_json=json.dumps(said, ensure_ascii=False),
        lang=LANGUAGE_TAGS[locale],
        locale=locale,
        root=root,
        script=script,
        style=style,
        index=index,
        versions=versions,
    )


def script_name(locale: str) -> str:
    """Where the script of a language lies in the site."""
    return f"search/{locale}.js"


def _searched(page: Page) -> bool:
    """Whether the page's front matter does not say `search: {exclude: true}`, as Material's users know it."""
    said = page.meta.get("search")
    return not (isinstance(said, dict) and said.get("exclude"))


def _told(page: Page, html: str) -> _Told:
    """All that a page tells the search: its title, its address, and the digest of its content."""
    return *_named(page), hashlib.sha256(html.encode()).hexdigest()


def _named(page: Page) -> tuple[str, str]:
    return str(page.title or ""), "" if page.url == "./" else page.url

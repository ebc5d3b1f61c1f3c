"""The search: one script with the words of all pages of a language, and the dialog that every page of it holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from greensupply import components, search_index
from greensupply.addresses import Site
from greensupply.kept_pack import Pack
from greensupply.locales import LANGUAGE_TAGS
from greensupply.plugin import offline
from greensupply.plugin.assets import ASSETS

_WRITTEN = frozenset({"label", "close", "hint", "retry"})
"""Words that stand in the template; the script says the others."""


class Search:
    """What can be searched, language by language.

    The generator renders every page's content before it writes the first page. So the words are whole by then, and each
    page can name them with the mark of their content: a page and the words that it searches never belong to two builds.
    """

    def __init__(self) -> None:
        self.store = Pack(None)
        """Keeps what is found on a page from one build to the next."""
        self._marks: dict[str, str] = {}
        self._found: dict[str, dict[str, search_index.Entry]] = {}
        """Of a preview, what was found on each page of a language, by its source."""

    def gather(self, files: Files, config: MkDocsConfig, locale: str, abbreviations: Mapping[str, str]) -> None:
        """Add the script of the pages of a language to the site; a preview's has no mark, so that pages stay good."""
        pages = [file.page for file in files.documentation_pages() if file.page and _searched(file.page)]
        found = {page.file.src_uri: self._entry(page, locale) for page in pages}
        text = search_index.script(found.values(), abbreviations)
        name = script_name(locale)
        self._marks[locale] = f"{name}?{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        if offline.is_preview(config):
            self._marks[locale], self._found[locale] = name, found
        files.append(File.generated(config, name, content=text))

    def changed(self, page: Page, locale: str) -> bool:
        """Look at a page of a preview again; says whether its words have changed."""
        found, uri = self._found[locale], page.file.src_uri
        before = found.get(uri)
        if before:
            found[uri] = self._entry(page, locale)
        return found.get(uri) != before

    def script(self, locale: str, abbreviations: Mapping[str, str]) -> str:
        """The script of a language in a preview, as its pages are now."""
        return search_index.script(self._found[locale].values(), abbreviations)

    def address(self, locale: str) -> str:
        """The script of a language with the mark of its content, from the site's root."""
        return self._marks[locale]

    def _entry(self, page: Page, locale: str) -> search_index.Entry:
        title, address, html = str(page.title or ""), _address(page), page.content or ""
        key = ("entry", title, address, hashlib.sha256(html.encode()).hexdigest(), locale)
        made = partial(search_index.entry, title, address, html, locale)
        written = self.store.text(key, lambda: search_index.written(made()))
        return search_index.read(written)

    def dialog(self, locale: str, here: str, site: Site, marks: Mapping[str, str]) -> str:
        """HTML of the dialog for the page at `here`."""
        words: Mapping[str, str] = components.data("site-search", "words.yml")[locale]
        said = {key: text for key, text in words.items() if key not in _WRITTEN}
        return components.render(
            "site-search",
            words=words,
            words_json=json.dumps(said, ensure_ascii=False),
            lang=LANGUAGE_TAGS[locale],
            locale=locale,
            root=site.link(here, ""),
            script=site.link(here, f"{ASSETS}/{marks['search.js']}"),
            style=site.link(here, f"{ASSETS}/{marks['search.css']}"),
            index=site.link(here, self._marks[locale]),
        )


def script_name(locale: str) -> str:
    """Where the script of a language lies in the site."""
    return f"search/{locale}.js"


def _searched(page: Page) -> bool:
    """Whether the page's front matter does not say `search: {exclude: true}`, as Material's users know it."""
    said = page.meta.get("search")
    return not (isinstance(said, dict) and said.get("exclude"))


def _address(page: Page) -> str:
    return "" if page.url == "./" else page.url

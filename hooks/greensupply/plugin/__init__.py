"""The MkDocs adapter: the only room that knows MkDocs, Material and mkdocs-static-i18n.

mkdocs-static-i18n builds the site once per language in one run, rebuilds every `File` below `docs_dir` at priority
-100 and drops generated ones. So our pages are declared before it, as files that are not on disk, and filled after it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from greensupply import (
    handover,
    library,
    lms_page,
    locales,
    markup,
    module_page,
    plain_text,
    prose,
    sitemap,
)
from greensupply.addresses import RESULTS, Site, for_generator
from greensupply.made_pages import MadePage
from greensupply.model import Library
from greensupply.plugin import (
    filling,
    kept_site,
    listing,
    modules_read,
    navigation,
    offline,
    preview,
    recognised,
    shown,
    site_map,
    whole_site,
)
from greensupply.plugin.apart_pages import ApartPages
from greensupply.plugin.assets import Assets
from greensupply.plugin.compiled import Compiled
from greensupply.plugin.kept_build import KeptBuild
from greensupply.plugin.kept_made import KeptMade
from greensupply.plugin.kept_output import KeptOutput
from greensupply.plugin.languages import Languages
from greensupply.plugin.options import GreenSupplyConfig
from greensupply.plugin.quick import passes
from greensupply.plugin.reading import Reading
from greensupply.plugin.safety import refuse_unsafe
from greensupply.plugin.search import Search
from greensupply.plugin.templates import Everywhere
from greensupply.sitemap import Entry

if TYPE_CHECKING:
    from greensupply.plugin.handout_files import HandoutFiles

FIRST, BEFORE_I18N, AFTER_I18N = 300, 60, -200


class GreenSupplyPlugin(BasePlugin[GreenSupplyConfig]):  # type: ignore[no-untyped-call]
    """Training modules become pages of the site in every language."""

    def __init__(self) -> None:
        self.library = Library({}, (), library.NO_SOURCES)
        self.site = Site()
        self.handover = handover.Handover()
        self.assets = Assets()
        self.search = Search()
        self.handouts: HandoutFiles | None = None
        self.offered: list[lms_page.Download] | None = None
        self._read_of: object = None
        self._navigation_is_ours = True
        self.compiled = Compiled()
        self._everywhere = Everywhere()
        self._apart = ApartPages()
        self._languages = Languages()
        self._mapped: dict[str, tuple[Entry, ...]] = {}
        self.made = KeptMade()
        self._output = KeptOutput()
        self.reading = Reading()
        self._site = kept_site.KeptSite()
        self._nav = Navigation([], [])
        self._build = KeptBuild()

    @event_priority(FIRST)
    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        passes(config).look()
        if not _is_later(config):
            self._languages.begin()
            self._build.begin(config, kept_site.store(config))
            self.compiled.begin(offline.pack(config, "program"))
        return config

    @event_priority(100)
    def _read(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything before the first page; again only when a file has changed."""
        if _is_later(config) or self._build.same:
            return config
        listing.shorten(config.theme)
        if plain_text.__name__ not in config.markdown_extensions:
            config.markdown_extensions.append(plain_text.__name__)
        config.theme.static_templates.discard(sitemap.NAME)  # it is written when all languages are there
        self.named = recognised.shown(Path(self.config.recognition), config)
        stamp = preview.stamp(self.config.modules_dir, config.docs_dir)
        if stamp == self._read_of:
            return config
        self.assets = Assets(offline.pack(config, "program"))
        options = (self.config.lrs, self.config.records_email, self.config.launch_endpoints)
        refuse_unsafe(config, handover.problems(*options))
        self.handover = handover.read(*options)
        self._navigation_is_ours = config.nav is None
        locales.words.cache_clear()
        self.library = modules_read.library_of(self.config, config)
        self.site = Site(config.use_directory_urls, config.site_url or "")
        self.offered = None
        self._read_of = stamp
        return config

    on_config = CombinedEvent(_begin, _read)

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """From here on the site of the last build is no more."""
        passes(config).begin(config, self)
        if not _is_later(config):
            self._site.begin(config, kept_site.store(config), same=self._build.same)

    def _declare(self, files: Files, config: MkDocsConfig) -> None:
        if self._build.same:
            self._build.home(files, config)
        else:
            filling.declare(self, files, config)

    @event_priority(AFTER_I18N)
    def _fill(self, files: Files, config: MkDocsConfig) -> None:
        if self._build.same:
            return
        locale = config.theme["language"]
        self.search.store = offline.pack(config, locale)
        self.made.begin(config, self.library, self.search.store)
        filling.prepare(self, config)
        if not offline.is_preview(config):
            self._languages.split(config, lambda: (self._mapped, self.reading.addresses, self._site.claimed))
        filling.fill(self, files, config)
        config.mdx_configs.get("toc", {})["permalink_title"] = locales.words(locale)["page"]["permalink"]
        if self._navigation_is_ours:
            config.nav = navigation.of(files, self.library, locale)

    on_files = CombinedEvent(_declare, _fill)

    def follow(self, read: Library) -> None:
        """Take a library in which nothing has changed that all pages show; what an author writes now is not kept."""
        self.library = read
        self._everywhere.follow(read)
        self.made.rest()
        self._output.rest()
        self.search.rest()

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:
        """The edit link of a page that is made from `modules/` leads there without a detour over `content/..`."""
        self.made.read(page.file)
        if page.edit_url:
            address = urlsplit(page.edit_url)
            page.edit_url = address._replace(path=posixpath.normpath(address.path)).geturl()
        return page

    @event_priority(BEFORE_I18N)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Links of `content/` pages to module files, which a code host follows, lead to the module's page."""
        uri = page.file.src_uri
        if uri in self.sources() or uri.partition("/")[2].startswith(f"{RESULTS[0]}/"):
            made = self.made.markdown(page, markdown, self._apart.state(page, config, files))
            return "" if made is None else self._apart.short(made, page, self.search.store)
        return prose.retarget(markdown, lambda target: for_generator(target, f"content/{uri}", uri))

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tables scroll by themselves; anything that content must not hold stops the build."""
        if self.made.ready(page):
            return self.made.let_go(page, html)
        html = self._apart.whole(html, page, config, files)
        made = self.sources().get(page.file.src_uri)
        if made and made.kind == "module":
            html = module_page.defined(html, self.library, made.identifier, config.theme["language"], self.site)
        html = markup.tables(html, config.theme["language"])
        self.search.read(page, html, self.reading.content(html, page), config.theme["language"])
        return self.made.keep(page, html, self._apart.state(page, config, files))

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Every page's content is there, and none is written yet: its words become the language's search."""
        if self._build.same:
            return env
        self.compiled.serve(env)
        locale = config.theme["language"]
        self._mapped[locale] = site_map.entries(files)
        self.search.gather(files, config, self.library.terms, self.made.content)
        passes(config).read(config, files, env)
        everything = (self.site, self.handover, self.assets.bundles.marks, self.everywhere(locale))
        passes(config).write(config, self._nav, files)
        self._output.begin(config, self.search.store)
        self._output.leave(files, self._nav, config, everything, self.made.finished, self._site)
        self._site.leave(files)
        return env

    @event_priority(AFTER_I18N)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """The list of pages is whole."""
        self._nav = nav
        if self._build.same:
            self._build.nothing(files, config)
        return nav

    def on_page_context(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Any) -> TemplateContext:
        """Give the theme's templates what they show of the hub, as `gs`."""
        page.content = self.made.content(page)
        cast(dict[str, Any], context)["gs"] = shown.on_page(self, page, config)
        return context

    def on_template_context(
        self, context: TemplateContext, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for templates without a page: 404.html."""
        cast(dict[str, Any], context)["gs"] = shown.on_template(self, config)
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """A page whose own policy would stop a part of it is not published."""
        self.reading.finished(output, page, config)
        self._output.keep(page, output)
        page.content = self.made.let_go(page, page.content or "")
        return output

    def _join(self, config: MkDocsConfig) -> None:
        if self._build.same:
            self._languages.leave(config)
        for mapped, addresses, claimed in cast(list[Any], self._languages.join(config)):
            self._mapped.update(mapped)
            self.reading.addresses.update(addresses)
            self._site.take(claimed)

    @event_priority(BEFORE_I18N)
    def _save(self, config: MkDocsConfig) -> None:
        if self._build.same:
            return
        self._output.validate(config)
        self.search.store.save()
        passes(config).rest(config, self.made.marks)

    @event_priority(AFTER_I18N)
    def _publish(self, config: MkDocsConfig) -> None:
        """After the last language: what makes the whole site work without network."""
        if not _is_later(config):
            self._languages.end()
            alone = self._site.end()
            if not self._build.same:
                whole_site.publish(self, config, self._mapped)
            self.compiled.end()
            self._build.end(config, alone=alone)

    on_post_build = CombinedEvent(_save, _join, _publish)

    def on_build_error(self, error: Exception) -> None:
        """The build stops."""
        self._build.stop()
        self._languages.end()

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a module, a string, a component or the theme changes."""
        preview.watch(server, config, self.config.modules_dir)
        preview.begin(server, self.library, self.site)
        return server

    def everywhere(self, locale: str) -> dict[str, Any]:
        """What all pages of a language show."""
        return self._everywhere.of(self.library, self.site, locale)

    @property
    def unchanged(self) -> bool:
        """Whether nothing has changed since the last build, so that nothing is made."""
        return self._build.same

    def sources(self) -> Mapping[str, MadePage]:
        """Source file of each page that we make -> what it shows."""
        return self._everywhere.sources(self.library)


def _is_later(config: MkDocsConfig) -> bool:
    """Whether this is a language after the first, of the same build."""
    return bool(getattr(config.plugins.get("i18n"), "building", False))

"""The MkDocs adapter: the only room that knows MkDocs, Material and mkdocs-static-i18n.

mkdocs-static-i18n builds the site once per language in one run, rebuilds every `File` below `docs_dir` at priority
-100 and drops generated ones. So our pages are declared before it, as files that are not on disk, and filled after it.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from greensupply import (
    cards,
    glossary,
    handover,
    library,
    lms_page,
    locales,
    made_pages,
    markup,
    module_page,
    plain_text,
    prose,
    sitemap,
    toolbox_file,
)
from greensupply.addresses import RESULTS, Site, for_generator
from greensupply.made_pages import MadePage
from greensupply.model import Library
from greensupply.plugin import kit_files, lms_files, navigation, offline, presenting, preview, recognised, site_map
from greensupply.plugin.apart_pages import ApartPages
from greensupply.plugin.assets import ASSETS, Assets
from greensupply.plugin.handout_files import HandoutFiles
from greensupply.plugin.kept_made import KeptMade
from greensupply.plugin.kept_output import KeptOutput
from greensupply.plugin.languages import Languages
from greensupply.plugin.options import GreenSupplyConfig
from greensupply.plugin.quick import passes
from greensupply.plugin.reading import Reading
from greensupply.plugin.safety import refuse_unsafe
from greensupply.plugin.search import Search
from greensupply.plugin.templates import Compiled, Everywhere, shown
from greensupply.sitemap import Entry

log = logging.getLogger("mkdocs.plugins.greensupply")

BEFORE_I18N, AFTER_I18N = 60, -200
UNPUBLISHED = ("assets/images/", "assets/javascripts/", "assets/stylesheets/", toolbox_file.NAME)
"""What the theme that mkdocs.yml names would bring, of which our pages load nothing; and what pages are made from."""


class GreenSupplyPlugin(BasePlugin[GreenSupplyConfig]):  # type: ignore[no-untyped-call]
    """Training modules become pages of the site in every language."""

    def __init__(self) -> None:
        self.library = Library({}, (), library.NO_SOURCES)
        self.site = Site()
        self.handover = handover.Handover()
        self.assets = Assets()
        self.search = Search()
        self.handouts = HandoutFiles()
        self.offered: list[lms_page.Download] | None = None
        self._read_of: object = None
        self._navigation_is_ours = True
        self._compiled = Compiled()
        self._everywhere = Everywhere()
        self._apart = ApartPages()
        self._languages = Languages()
        self._mapped: dict[str, tuple[Entry, ...]] = {}
        self._made = KeptMade()
        self._output = KeptOutput()
        self._reading = Reading()

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything before the first page; again only when a file has changed."""
        passes(config).look()
        if plain_text.__name__ not in config.markdown_extensions:
            config.markdown_extensions.append(plain_text.__name__)
        config.theme.static_templates.discard(sitemap.NAME)  # it is written when all languages are there
        self.named = recognised.shown(Path(self.config.recognition), config)
        stamp = preview.stamp(self.config.modules_dir, config.docs_dir)
        if stamp == self._read_of:
            return config
        self.assets = Assets()
        options = (self.config.lrs, self.config.records_email, self.config.launch_endpoints)
        refuse_unsafe(config, handover.problems(*options))
        self.handover = handover.read(*options)
        self._navigation_is_ours = config.nav is None
        locales.words.cache_clear()
        modules = offline.pack(config, "modules")
        found = library.examine(Path(self.config.modules_dir), Path(config.docs_dir), store=modules)
        modules.save()
        if found.library is None:
            told = list(map(str, found.problems))
            raise PluginError("\n".join((f"{len(told)} problem{'s' * (len(told) > 1)} in the content:", *told)))
        self.library = preview.shown(found.library, found.warnings, config)
        self.site = Site(config.use_directory_urls, config.site_url or "")
        self.offered = None
        self._read_of = stamp
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """From here on the site of the last build is no more."""
        passes(config).begin(config, self)

    def _declare(self, files: Files, config: MkDocsConfig) -> None:
        for uri in self._sources():
            files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))

    @event_priority(AFTER_I18N)
    def _fill(self, files: Files, config: MkDocsConfig) -> None:
        locale = config.theme["language"]
        self.search.store = offline.pack(config, locale)
        self._made.begin(config, self.library, self.search.store)
        sources = self._sources()
        self._offered(config)
        if not offline.is_preview(config):
            self._languages.split(config, lambda: (self._mapped, self._reading.addresses))
        if self.config.handouts and not offline.is_preview(config):
            self.handouts.make(self.library, locale, self.site)
        for file in list(files):
            if file.src_uri not in sources:
                continue
            page = sources[file.src_uri]
            beside = self._beside(page, locale, config)
            file.content_string = self._made.text(file, page, beside, partial(self.text, page, locale, config))
            edited = made_pages.edited(page, self.library, locale)
            file.edit_uri = f"../{edited}" if edited else None
        for file in [file for file in files if file.src_uri.startswith(UNPUBLISHED)]:
            files.remove(file)
        for file in (*self.assets.files(config, self.library), *self.handouts.files(config)):
            files.append(file)
        config.mdx_configs.get("toc", {})["permalink_title"] = locales.words(locale)["page"]["permalink"]
        if self._navigation_is_ours:
            config.nav = navigation.of(files, self.library, locale)

    on_files = CombinedEvent(_declare, _fill)

    def text(self, page: MadePage, locale: str, config: MkDocsConfig) -> str:
        """A page that we make, as Markdown with front matter."""
        return made_pages.text(page, self.library, *self._beside(page, locale, config))

    def _beside(self, page: MadePage, locale: str, config: MkDocsConfig) -> tuple[Any, ...]:
        kit = kit_files.address(page, locale, config, wanted=self.config.kits)
        printed = self.handouts.links(page, locale, self.site) or kit
        return locale, self.site, self.handover, self._offered(config), printed, self.named

    def follow(self, read: Library) -> None:
        """Take a library in which nothing has changed that all pages show; what an author writes now is not kept."""
        self.library = read
        self._everywhere.follow(read)
        self._made.rest()
        self._output.rest()
        self.search.rest()

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:
        """The edit link of a page that is made from `modules/` leads there without a detour over `content/..`."""
        if page.edit_url:
            address = urlsplit(page.edit_url)
            page.edit_url = address._replace(path=posixpath.normpath(address.path)).geturl()
        return page

    @event_priority(BEFORE_I18N)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Links of `content/` pages to module files, which a code host follows, lead to the module's page."""
        uri = page.file.src_uri
        made = self._made.markdown(page, markdown, self._apart.state(page, config, files))
        if made is None:
            return ""
        if uri in self._sources() or uri.partition("/")[2].startswith(f"{RESULTS[0]}/"):
            return self._apart.short(made, page, self.search.store)
        return prose.retarget(markdown, lambda target: for_generator(target, f"content/{uri}", uri))

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tables scroll by themselves; anything that content must not hold stops the build."""
        if self._made.ready(page):
            return html
        html = self._apart.whole(html, page, config, files)
        made = self._sources().get(page.file.src_uri)
        if made and made.kind == "module":
            html = module_page.defined(html, self.library, made.identifier, config.theme["language"], self.site)
        html = markup.tables(html, config.theme["language"])
        self.search.read(page, html, self._reading.content(html, page), config.theme["language"])
        self._made.keep(page, html, self._apart.state(page, config, files))
        return html

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Every page's content is there, and none is written yet: its words become the language's search."""
        env.bytecode_cache = self._compiled
        locale = config.theme["language"]
        self._mapped[locale] = site_map.entries(files)
        self.search.gather(files, config, locale, glossary.abbreviations(self.library.terms, locale))
        passes(config).read(config, files, env)
        self._output.begin(env, config, self.search.store, self.search.address(locale))
        return env

    def on_page_context(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Any) -> TemplateContext:
        """Give the theme's templates what they show of the hub, as `gs`."""
        passes(config).write(config, nav, context)
        locale = config.theme["language"]
        everywhere, marks = self._everywhere.of(self.library, self.site, locale), self.assets.bundles.marks
        everything = (self.site, self.handover, marks, offline.is_preview(config), everywhere)
        if written := self._output.find(page, self._made.key(page), nav, config, everything):
            cast(dict[str, Any], context)["gs"] = written
            return context
        made = self._sources().get(page.file.src_uri)
        alternates = {loc: file.url for loc, file in getattr(page.file, "alternates", {}).items()}
        module = made.identifier if made and made.kind == "module" else ""
        presenter = presenting.element(made, locale, page.url, self.site, marks) if made else ""
        cast(dict[str, Any], context)["gs"] = {
            **shown(everywhere, self.site, locale, alternates, page.url),
            "assets": {name: f"{ASSETS}/{mark}" for name, mark in marks.items()},
            "needed": [f"{ASSETS}/{mark}" for mark in self.assets.bundles.needed((page.content or "") + presenter)],
            "presenter": Markup(presenter),  # noqa: S704 - escaped by the component
            "search": self.search.dialog(locale, page.url, self.site, marks),
            "manifest": not offline.is_preview(config),
            "preview": offline.is_preview(config),
            "has_quiz": bool(module),
            "lrs_origins": self.handover.origins if module else (),
            "json_ld": cards.structured_data(self.library, module, locale, self.site) if module else "",
        }
        return context

    def on_template_context(
        self, context: TemplateContext, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for templates without a page: 404.html."""
        locale = config.theme["language"]
        cast(dict[str, Any], context)["gs"] = {
            **shown(self._everywhere.of(self.library, self.site, locale), self.site, locale, {}),
            "assets": {name: f"{ASSETS}/{mark}" for name, mark in self.assets.bundles.marks.items()},
            "needed": [],
            "has_quiz": False,
            "json_ld": "",
        }
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """A page whose own policy would stop a part of it is not published."""
        if self._output.was_found(page):
            return output
        self._reading.finished(output, page, config)
        self._output.keep(page, output)
        return output

    def _join(self, config: MkDocsConfig) -> None:
        for mapped, addresses in cast(list[Any], self._languages.join(config)):
            self._mapped.update(mapped)
            self._reading.addresses.update(addresses)

    @event_priority(BEFORE_I18N)
    def _save(self, config: MkDocsConfig) -> None:
        self.search.store.save()
        passes(config).rest(config, self._made.marks)

    @event_priority(AFTER_I18N)
    def _publish(self, config: MkDocsConfig) -> None:
        """After the last language: what makes the whole site work without network."""
        i18n = config.plugins.get("i18n")
        if i18n is None or not i18n.building:
            self._languages.end()
            site_map.publish(config, self._mapped)
            marks = self.assets.bundles.marks
            style, script = (f"{ASSETS}/{marks[name]}" for name in ("site.css", "early.js"))
            offline.publish(config, style, script, self._reading.addresses)
            kit_files.publish(config, self.library, self.site, wanted=self.config.kits)

    on_post_build = CombinedEvent(_save, _join, _publish)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a module, a string, a component or the theme changes."""
        preview.watch(server, config, self.config.modules_dir)
        preview.begin(server, self.library, self.site)
        return server

    def _sources(self) -> Mapping[str, MadePage]:
        return self._everywhere.sources(self.library)

    def _offered(self, config: MkDocsConfig) -> list[lms_page.Download]:
        """The files for LMSs, made in the first language's pass; a preview, which builds at every save, has none."""
        if self.offered is None:
            wanted = self.config.packages and not offline.is_preview(config)
            self.offered = lms_files.publish(config, self.library, self.site) if wanted else []
        return self.offered

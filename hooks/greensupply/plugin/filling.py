"""The files of one language: what our pages are made of, and what lies beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from greensupply import lms_page, made_pages
from greensupply.made_pages import MadePage
from greensupply.plugin import kit_files, lms_files, navigation, offline, placing
from greensupply.plugin.listing import UNPUBLISHED

if TYPE_CHECKING:
    from greensupply.plugin import GreenSupplyPlugin
    from greensupply.plugin.handout_files import HandoutFiles


def declare(plugin: GreenSupplyPlugin, files: Files, config: MkDocsConfig) -> None:
    """Let mkdocs-static-i18n place our pages in all languages, where that must be left to it."""
    if not placing.is_known(config):
        for uri in plugin.sources():
            files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))


def prepare(plugin: GreenSupplyPlugin, config: MkDocsConfig) -> None:
    """Make what all languages share, before they part."""
    offered(plugin, config)
    plugin.assets.prepare()
    plugin.compiled.prepare(config.theme)


def fill(plugin: GreenSupplyPlugin, files: Files, config: MkDocsConfig) -> None:
    """Give the files of our pages their text, take out what no page loads, and add what lies beside the pages."""
    locale, sources, library = config.theme["language"], plugin.sources(), plugin.library
    if plugin.config.handouts and not offline.is_preview(config):
        printed(plugin).make(library, locale, plugin.site)
    if placing.is_known(config):
        placing.add(files, made_pages.pages(library), config)
    for file in list(files):
        if file.src_uri in sources:
            page = sources[file.src_uri]
            make = partial(text, plugin, page, locale, config)
            plugin.made.fill(file, page, beside(plugin, page, locale, config), make)
            edited = made_pages.edited(page, library, locale)
            file.edit_uri = f"../{edited}" if edited else None
            if page.kind == navigation.OUTSIDE:
                file.inclusion = InclusionLevel.NOT_IN_NAV
        elif file.src_uri.startswith(UNPUBLISHED):
            files.remove(file)
    handouts = plugin.handouts.files(config) if plugin.handouts else ()
    for file in (*plugin.assets.files(config, library), *handouts):
        files.append(file)


def text(plugin: GreenSupplyPlugin, page: MadePage, locale: str, config: MkDocsConfig) -> str:
    """A page that we make, as Markdown with front matter."""
    return made_pages.text(page, plugin.library, *beside(plugin, page, locale, config))


def beside(plugin: GreenSupplyPlugin, page: MadePage, locale: str, config: MkDocsConfig) -> tuple[Any, ...]:
    """What a page is made from beside the library, in the order in which `made_pages.text` takes it."""
    kit = kit_files.address(page, locale, config, wanted=plugin.config.kits)
    papers = plugin.handouts.links(page, locale, plugin.site) if plugin.handouts else ""
    return locale, plugin.site, plugin.handover, offered(plugin, config), papers or kit, plugin.named


def printed(plugin: GreenSupplyPlugin) -> HandoutFiles:
    """The handouts, the same throughout a preview."""
    if plugin.handouts is None:
        from greensupply.plugin.handout_files import HandoutFiles  # a hub without handouts need not wait for this

        plugin.handouts = HandoutFiles()
    return plugin.handouts


def offered(plugin: GreenSupplyPlugin, config: MkDocsConfig) -> list[lms_page.Download]:
    """The files for LMSs, made in the first language's pass; a preview, which builds at every save, has none."""
    if plugin.offered is None:
        wanted = plugin.config.packages and not offline.is_preview(config)
        plugin.offered = lms_files.publish(config, plugin.library, plugin.site) if wanted else []
    return plugin.offered

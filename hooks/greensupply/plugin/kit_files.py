"""The kits of courses, made after the whole build: they hold the site for rooms without internet."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from greensupply import course_page
from greensupply.addresses import Site
from greensupply.errors import GreenSupplyError
from greensupply.made_pages import MadePage
from greensupply.model import Library
from greensupply.plugin import offline

log = logging.getLogger("mkdocs.plugins.greensupply")


def address(page: MadePage, locale: str, config: MkDocsConfig, *, wanted: bool) -> str:
    """Where a course's page finds its kit, from the site's root; empty for other pages, and where there are no kits."""
    offered = wanted and page.kind == "course" and not offline.is_preview(config)
    return course_page.kit_address(page.identifier, locale) if offered else ""


def publish(config: MkDocsConfig, library: Library, site: Site, *, wanted: bool) -> None:
    """Write the kit of every course in every language that the site has.

    Raises:
        PluginError: A page of the site cannot be unpacked on every system.
    """
    if not wanted or offline.is_preview(config):
        return
    from greensupply import kits  # these know much that a hub without kits does without
    from greensupply.offline import archive, contents

    folder = Path(config.site_dir)
    if library.courses and (reason := kits.unprinted()):
        log.info("The papers of the kits are HTML files: %s", reason)
    for locale in contents.languages(folder) if library.courses else ():
        try:
            hub = archive.files(folder, locale)
        except GreenSupplyError as error:
            raise PluginError(str(error)) from None
        for course in library.courses:
            file = folder / course_page.kit_address(course.id, locale)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.zipped(kits.files(library, course, kits.Options(locale, site=site), hub)))

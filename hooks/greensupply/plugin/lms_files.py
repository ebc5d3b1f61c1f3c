"""The files for learning management systems, written into the site before its pages, which tell their sizes."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from greensupply.addresses import Site
from greensupply.lms_page import Download
from greensupply.model import Library

log = logging.getLogger("mkdocs.plugins.greensupply")


def publish(config: MkDocsConfig, library: Library, site: Site) -> list[Download]:
    """Write every file and return what the page may offer."""
    if not site.url:
        raise PluginError(
            "mkdocs.yml: the option `packages` needs the site's address, from which packages have ids that last. "
            "Set `site_url`, or take `packages` out."
        )

    from greensupply import downloads  # it knows every kind of package, which a hub without them does without

    def write(path: str, data: bytes) -> None:
        file = Path(config.site_dir) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    url = site.url if site.url.endswith("/") else f"{site.url}/"
    made, problems = downloads.make(library, url, write)
    for problem in problems:
        log.info("%s", problem)
    return made

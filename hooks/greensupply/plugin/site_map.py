"""The site map, written once, after the last language: each language's pass tells its pages."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from greensupply import sitemap
from greensupply.sitemap import Entry


def entries(files: Files) -> tuple[Entry, ...]:
    """The pages of the language that is built."""
    return tuple(
        Entry(file.url, file.page.update_date, {at: twin.url for at, twin in getattr(file, "alternates", {}).items()})
        for file in files.documentation_pages()
        if file.page
    )


def publish(config: MkDocsConfig, pages: Mapping[str, Sequence[Entry]]) -> None:
    """Write the site map and its compressed twin.

    Arguments:
        config: MkDocs' configuration.
        pages: Locale -> the pages of that language.
    """
    every = [entry for found in pages.values() for entry in found]
    data = sitemap.text(every, config.site_url or "/").encode()
    day = max((entry.changed for entry in every), default="1970-01-01")
    file = Path(config.site_dir, sitemap.NAME)
    file.write_bytes(data)
    with (
        file.with_name(f"{sitemap.NAME}.gz").open("wb") as written,
        gzip.GzipFile(
            sitemap.NAME, "wb", fileobj=written, mtime=datetime.fromisoformat(f"{day}T00:00Z").timestamp()
        ) as packed,
    ):
        packed.write(data)

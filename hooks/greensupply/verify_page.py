"""TODO in one language -> the Markdown text of its page."""

from __future__ import annotations

from greensupply.addresses import Site
from greensupply.cards import front_matter
from greensupply.model import Library


def text(library: Library, locale: str, site: Site) -> str:  # noqa: ARG001
    """Return the page as Markdown with front matter."""
    return front_matter("verify", "verify") + "\n\n<h1>verify</h1>\n"

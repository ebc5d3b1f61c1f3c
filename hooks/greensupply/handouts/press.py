"""A document -> PDF by WeasyPrint, an extra of the package that only this file knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

INSTALL = "pip install 'greensupply[handouts]', in a copy of the project: .venv/bin/pip install -e '.[handouts]'"
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core"
"""Packages of Debian and Ubuntu: what WeasyPrint draws words with, and the fonts that go into the files."""


class Unavailable(Exception):
    """WeasyPrint, or what it needs of the system, is not there; the text says how to install it."""


@dataclass(frozen=True)
class Printed:
    """A PDF.

    Attributes:
        data: The file.
        pages: How many it has.
    """

    data: bytes
    pages: int


def ready() -> None:
    """Return when PDFs can be made.

    Raises:
        Unavailable: They cannot; the text says what is missing and how to install it.
    """
    _weasyprint()


def pdf(document: str, style: str) -> Printed:
    """Return the document as a tagged PDF (PDF/UA-1) that holds its fonts. The same text gives the same bytes.

    Arguments:
        document: A whole HTML document that loads nothing.
        style: Its style sheet.

    Raises:
        Unavailable: As `ready`.

    Source: ISO 14289-1 (PDF/UA-1), as WeasyPrint writes it.
    """
    library = _weasyprint()
    fetcher = library.urls.URLFetcher(allowed_protocols=["data"])
    written = library.HTML(string=document, url_fetcher=fetcher).render(
        stylesheets=[library.CSS(string=style, url_fetcher=fetcher)],
        pdf_variant="pdf/ua-1",
    )
    return Printed(bytes(written.write_pdf(pdf_variant="pdf/ua-1")), len(written.pages))


@cache
def _weasyprint() -> Any:
    try:
        weasyprint = import_module("weasyprint")
        import_module("weasyprint.urls")
    except ImportError:
        raise Unavailable(f"PDFs are made by WeasyPrint, which is not installed. Install it: {INSTALL}") from None
    except OSError as error:
        raise Unavailable(
            f"WeasyPrint does not find a library of the system ({str(error).splitlines()[0]}). On Debian and Ubuntu: "
            f"sudo apt-get install {LIBRARIES}; elsewhere install Pango."
        ) from None
    return weasyprint

"""The page for administrators of an LMS where the site offers packages; `test_pages` looks at it where it does not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from visiting import HOMES, LOCALES

pytestmark = pytest.mark.browser
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def hub(recording_hub):
    """The small hub that offers packages."""
    return recording_hub


@pytest.mark.parametrize("locale", LOCALES)
def test_the_lists_of_files_violate_nothing_at_320_px_in_light_and_dark(visit, locale):
    visitor = visit(width=320)
    page = visitor.open(f"{HOMES[locale]}lms/")
    assert page.locator("a[download]").count() == (2 + 1) * 4 * 4 + 2 * 2 * 4, "packages, and files of questions"

    assert visitor.axe() == []
    assert page.evaluate(OVERFLOW) <= 0
    page.emulate_media(color_scheme="dark")
    assert visitor.axe("dark") == []


def test_a_link_followed_by_keyboard_saves_the_package_under_its_name(visit, hub):
    page = visit().open("es/lms/")
    link = page.get_by_role("link", name="Enjuague, SCORM 1.2: Español")

    with page.expect_download() as waiting:
        link.press("Enter")

    saved = waiting.value
    assert saved.suggested_filename == "rinsing-scorm12-es.zip"
    data = Path(saved.path()).read_bytes()
    assert data == (hub.folder / "packages" / saved.suggested_filename).read_bytes()
    assert "imsmanifest.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()

"""What of the installed site stands beside its pages: the web app's manifests, and the page for what is not kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import escape

from greensupply import components
from greensupply.locales import LANGUAGE_TAGS, LOCALES, SOURCE, words
from greensupply.offline.contents import home

ICONS = "assets/greensupply"
SIZES = (192, 512)
MASKABLE = 512
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'; form-action 'none'"
)


def worker(*, retired: bool = False) -> str:
    """The service worker's text; retired, it takes itself and what it kept away."""
    name = "retired.js" if retired else "worker.js"
    return (components.FOLDER / "offline-notice" / name).read_text(encoding="utf-8")


def texts(locale: str) -> Mapping[str, str]:
    """Words outside of the site's pages."""
    said: Mapping[str, str] = components.data("offline-notice", "texts.yml")[locale]
    return said


def icon_names() -> dict[str, tuple[int, bool]]:
    """File name of each icon -> its width in pixels, and whether it is maskable; `tests/icons.py` draws them."""
    plain = {f"icon-{size}.png": (size, False) for size in SIZES}
    return {**plain, f"icon-{MASKABLE}-maskable.png": (MASKABLE, True)}


def manifest(locale: str) -> str:
    """The manifest of the web app that opens in a language; its scope is the whole site."""
    say = words(locale)["site"]
    up = "" if locale == SOURCE else "../"
    icons: list[dict[str, Any]] = [
        {
            "src": f"{up}{ICONS}/{name}",
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "maskable" if maskable else "any",
        }
        for name, (size, maskable) in icon_names().items()
    ]
    icons.append({"src": f"{up}{ICONS}/logo.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    about = {
        "name": say["name"],
        "short_name": say["name"],
        "description": say["description"],
        "lang": LANGUAGE_TAGS[locale],
        "dir": "ltr",
        "id": "./",
        "start_url": "./",
        "scope": up or "./",
        "display": "standalone",
        "theme_color": "#1a5d46",
        "background_color": "#faf8f2",
        "icons": icons,
    }
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"


def offline_page(style: str, script: str, locales: tuple[str, ...] = LOCALES) -> str:
    """The page for an address that is not kept, in every language.

    Arguments:
        style: Address of the site's style from the root, marked.
        script: Address of the script that puts the learner's theme on.
        locales: Languages of the site.
    """
    sections = []
    for locale in locales:
        say, tag = texts(locale), LANGUAGE_TAGS[locale]
        sections.append(
            f'<section lang="{tag}">\n<h2>{escape(say["lost_title"])}</h2>\n<p>{escape(say["lost_text"])}</p>\n'
            f'<p><a href="">{escape(say["lost_again"])}</a></p>\n'
            f'<p><a href="./{home(locale)}" hreflang="{tag}">{escape(say["lost_home"])}</a></p>\n</section>'
        )
    name = escape(words(SOURCE)["site"]["name"])
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{name}</title>\n"
        f'<link rel="icon" href="./{ICONS}/favicon.svg" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="./{style}">\n<script src="./{script}" data-base="./"></script>\n</head>\n'
        f'<body class="gs-lost">\n<main>\n<h1><img class="gs-logo" src="./{ICONS}/logo.svg" width="36" height="36" '
        f'alt=""> {name}</h1>\n' + "\n".join(sections) + "\n</main>\n</body>\n</html>\n"
    )

"""A module -> its page in a package: slim, without the site's frame, its text ready in each language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from markdown import Markdown
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markupsafe import Markup, escape

from greensupply import components, markup, module_page
from greensupply.addresses import Site
from greensupply.components.bundle import bundle
from greensupply.locales import LANGUAGE_TAGS, NAMES, SOURCE, words
from greensupply.model import Library
from greensupply.packages.course import Format
from greensupply.packages.links import Links

TAG = "lms-session"
SHEETS = ("00-base", "10-colours", "20-text", "40-module", "45-terms", "90-media")
"""What of the site's style a module's text needs."""
COMPONENTS = ("quiz-question", "quiz-score", TAG)
STYLE, SCRIPT, EARLY, LOGO = "package.css", "package.js", "early.js", "logo.svg"
_ASSETS = components.FOLDER.parent / "theme-assets"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@cache
def shared(script: str) -> dict[str, bytes]:
    """Files that every page of a package uses, by path; `script` is the entry of its script."""
    sheets = [_ASSETS / f"{name}.css" for name in SHEETS]
    sheets += [components.FOLDER / tag / f"{tag}.css" for tag in COMPONENTS]
    return {
        EARLY: (_ASSETS / EARLY).read_bytes(),
        LOGO: (_ASSETS / LOGO).read_bytes(),
        STYLE: b"\n".join(sheet.read_bytes() for sheet in sheets),
        SCRIPT: bundle(components.FOLDER / TAG / script).encode(),
    }


def page(
    library: Library, identifier: str, locales: Sequence[str], standard: Format, *, url: str, root: str
) -> tuple[str, dict[str, str]]:
    """Return the page's HTML, and the module's files that it shows: path beside the page -> path on disk.

    Arguments:
        library: Holds the module, in all of `locales`.
        identifier: The module's id.
        locales: Languages in their order.
        standard: Format of the package.
        url: Address of the hub's root with a slash at its end; empty if unknown.
        root: Way from the page to the shared files: empty, or `../`.
    """
    used: dict[str, str] = {}
    texts = [_text(library, identifier, locale, standard, url, used) for locale in locales]
    first = texts[0]
    policy = (
        "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; "
        f"base-uri 'none'; form-action 'none'; connect-src {standard.connect or chr(39) + 'none' + chr(39)}"
    )
    told = {}
    if standard.from_address:
        told = {"site": url.rstrip("/"), "module": identifier, "names": module_page.names(library.modules[identifier])}
    frame = components.render(TAG, texts=texts, name=words(locales[0])["site"]["name"], root=root, told=told)
    lessons = "\n".join(
        f'<template lang="{text["lang"]}" data-locale="{text["locale"]}" data-title="{escape(text["title"])}" '
        f'data-mastery="{text["mastery"]}" data-words="{escape(json.dumps(text["words"], ensure_ascii=False))}">\n'
        f"{text['lesson']}\n</template>"
        for text in texts
    )
    return (
        f'<!doctype html>\n<html lang="{first["lang"]}" dir="ltr">\n<head>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(first['title'])}</title>\n"
        f'<link rel="icon" href="{root}{LOGO}" type="image/svg+xml">\n'
        f'<script src="{root}{EARLY}"></script>\n<link rel="stylesheet" href="{root}{STYLE}">\n'
        f'<script defer src="{root}{SCRIPT}"></script>\n</head>\n<body>\n{frame}\n{lessons}\n</body>\n</html>\n'
    ), used


def _text(
    library: Library, identifier: str, locale: str, standard: Format, url: str, used: dict[str, str]
) -> dict[str, object]:
    """What the page's template and its script know of the module in one language."""
    shown = library.modules[identifier]
    site = Site(True, url)
    say = components.words(TAG, locale)
    html = _markdown().reset().convert(module_page.lesson(library, identifier, locale, site))
    html = module_page.defined(html, library, identifier, locale, site)
    links = Links(identifier, locale, site, library.assets, say, used)
    name, revision = words(locale)["site"]["name"], shown.facts.revision
    licence = words(locale)["site"]["licence"].format(licence=Markup('<a href="{}">CC BY 4.0</a>').format(_LICENCE))
    foot = f'<p class="gs-package-foot">{escape(say["about"].format(name=name, revision=revision))} {licence}</p>'
    return {
        "locale": locale,
        "lang": LANGUAGE_TAGS[locale],
        "language": NAMES[locale],
        "title": shown.text(locale, SOURCE).facts.title,
        "mastery": standard.mastery(shown.facts.pass_mark),
        "words": dict(say),
        "lesson": links.rewritten(markup.tables(html, locale) + foot),
    }


@cache
def _markdown() -> Markdown:
    """As `mkdocs.yml` sets it for the site."""
    toc = TocExtension(slugify=slugify_unicode)
    table = TableExtension(use_align_attribute=True)
    return Markdown(extensions=[table, "sane_lists", "md_in_html", "def_list", toc], output_format="html")

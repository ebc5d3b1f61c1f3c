"""Our pages as files of a language, as mkdocs-static-i18n would place them.

It places each file of every language anew in each language's pass, ours among them if they are declared before. Where
its settings are those that we know, ours are added after it instead: what it would find is known without looking. Seen
with mkdocs-static-i18n 1.3.1; a test compares.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from greensupply.addresses import page_uri
from greensupply.locales import LOCALES, SOURCE

_USED = ("config", "current_language", "default_language", "build_languages")


def is_known(config: MkDocsConfig) -> bool:
    """Whether mkdocs-static-i18n is there and places files as we know."""
    i18n: Any = config.plugins.get("i18n")
    return (
        all(hasattr(i18n, name) for name in _USED)
        and i18n.config.docs_structure == "folder"
        and i18n.default_language == SOURCE
        and set(i18n.build_languages) <= set(LOCALES)
    )


def add(files: Files, places: Collection[str], config: MkDocsConfig) -> None:
    """Add the page at each place in the language that is built, with its twins in the others."""
    i18n: Any = config.plugins["i18n"]
    here = i18n.current_language
    others = [locale for locale in sorted(i18n.build_languages) if locale != here]
    for place in places:
        file = _file(here, place, config)
        twins = {locale: _file(locale, place, config) for locale in others}
        vars(file).update(
            alternates={here: file, **twins},
            locale=here,
            locale_alternate_of=here,
            localization=here,
            norm_src_uri=page_uri("", place)[1:],
        )
        files.append(file)


def _file(locale: str, place: str, config: MkDocsConfig) -> File:
    uri = page_uri(locale, place)
    file = File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)
    if locale == SOURCE:
        file.dest_uri = file.dest_uri.removeprefix(f"{SOURCE}/")
    return file

"""The plugins of a small hub, with options of ours set otherwise."""

from __future__ import annotations

from pathlib import Path

LANGUAGES = {"en": "English", "es": "Español", "fr": "Français"}


def plugins(folder: Path, **options: object) -> list[object]:
    """A hub of the modules in `folder`, without results pages; `options` are those of the plugin `greensupply`."""
    languages = [{"locale": locale, "name": name, "build": True} for locale, name in LANGUAGES.items()]
    languages[0]["default"] = True
    i18n = {
        "docs_structure": "folder",
        "fallback_to_default": True,
        "languages": languages,
    }
    return [{"greensupply": {"modules_dir": str(folder / "modules"), **options}}, {"i18n": i18n}]

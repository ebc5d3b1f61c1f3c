"""The language that a command speaks, and where the pages of the rules stand on the code host."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml

from greensupply.locales import LANGUAGE_TAGS, LOCALES, SOURCE

NAMES = ("--lang", "--locale")
"""Of the option that says a language: the first is documented, the second is what five commands had before."""
RULE_PAGES = "docs/rules"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_CONTENT = "edit/main/content/"
"""Where `content/` stands on most code hosts, below the address of the repository."""


def add_option(command: argparse.ArgumentParser) -> None:
    """Add `--lang` to a command; `chosen.lang` is then a locale."""
    words = f"language of the answer: {', '.join(LOCALES)} (by {', '.join(_VARIABLES)}, else {SOURCE})"
    command.add_argument(*NAMES, dest="lang", choices=LOCALES, default=spoken(os.environ), help=words)


def spoken(environment: Mapping[str, str]) -> str:
    """The locale that the first of `LC_ALL`, `LC_MESSAGES`, `LANG` names, such as `fr_CA.UTF-8`; else the source's."""
    said = next((value for name in _VARIABLES if (value := environment.get(name))), "")
    language = said.replace("-", "_").partition(".")[0].partition("_")[0].lower()
    return language if language in LANGUAGE_TAGS else SOURCE


def pages(root: Path) -> str:
    """Return the folder of the rules' pages: its address on the code host that `mkdocs.yml` in `root` names.

    Without such a file, or such an address in it, it is the folder's place in the project.
    """
    try:
        settings = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Settings)  # noqa: S506 -- safe
        edited, repository = (_address(settings.get(name)) for name in ("edit_uri", "repo_url"))
    except (OSError, ValueError, AttributeError, yaml.YAMLError):
        return RULE_PAGES
    content = urljoin(f"{repository.rstrip('/')}/", edited or _CONTENT) if repository else edited
    if "://" not in content:
        return RULE_PAGES
    head, _, tail = urljoin(f"{content.rstrip('/')}/", f"../{RULE_PAGES}").rpartition("/edit/")
    return f"{head}/blob/{tail}" if head else tail  # where one reads it, and need not log in


def _address(value: Any) -> str:
    return value if isinstance(value, str) else ""


class _Settings(yaml.SafeLoader):
    """Reads `mkdocs.yml`, in which a value may come from the environment, and may name something of Python."""


def _from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """`!ENV [NAME, …, default]`, as MkDocs reads it. Source: MkDocs, *Configuration*, environment variables."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(node.value)
    *names, otherwise = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else (None,)
    return next((os.environ[name] for name in names if name in os.environ), otherwise)


_Settings.add_constructor("!ENV", _from_environment)
_Settings.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)

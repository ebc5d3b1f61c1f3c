"""The language is said with one option in every command, under its older name too."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from greensupply.cli import PARTS


def parsers(commands: argparse._SubParsersAction, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command, those within another too, by its words."""
    for word, parser in commands.choices.items():
        yield f"{name} {word}".strip(), parser
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from parsers(action, word)


def test_every_command_takes_its_language_as_lang_and_as_locale():
    commands = argparse.ArgumentParser().add_subparsers()
    for part in dict.fromkeys(PARTS.values()):
        import_module(f"greensupply.cli.{part}").register(commands)

    names = {
        name: action.option_strings
        for name, parser in parsers(commands)
        for action in parser._actions
        if {"--lang", "--locale"} & set(action.option_strings)
    }

    assert {
        "kit",
        "roster",
        "invitation",
        "records add",
        "records pull",
        "questions",
        "package",
        "handouts",
        "offline",
        "export",
    } <= set(names)
    assert {name: said for name, said in names.items() if said != ["--lang", "--locale"]} == {}

"""The `greensupply` command. Each part registers its sub-commands, with a `run` that gives the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "check": "check",
        "explain": "rules",
        "rules": "rules",
        "records": "records",
        "roster": "roster",
        "tally": "figures",
        "demo-records": "figures",
        "offline": "offline",
        "package": "package",
        "questions": "questions",
        "status": "translations",
        "translated": "translations",
        "new": "authors",
        "schemas": "authors",
        "handouts": "handouts",
        "kit": "kit",
        "invitation": "invitation",
        "evaluation": "evaluation",
        "export": "exchange",
        "import": "exchange",
    }
)
"""Sub-command -> the part that registers it. Only that part is loaded, so that a check begins at once."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 good, 1 problems found, 2 wrong use, 130 stopped by the user."""
    said = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="greensupply", description="Green Supply training hub.")
    commands = parser.add_subparsers(dest="command", required=True)
    wanted = [PARTS[said[0]]] if said and said[0] in PARTS else dict.fromkeys(PARTS.values())
    for part in wanted:
        import_module(f"greensupply.cli.{part}").register(commands)
    chosen = parser.parse_args(said)
    try:
        code = int(chosen.run(chosen))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # who reads has enough, as `head` does; source: Python, *Note on SIGPIPE*
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130

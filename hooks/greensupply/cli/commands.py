"""What the parts of the command line share: where they register, and how they end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from greensupply.cli.setting import WrongUse
from greensupply.errors import GreenSupplyError

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""argparse has no better name for it."""


def in_words(work: Callable[[], int], told: Callable[[OSError], str], undone: str | None = "") -> int:
    """Do a command's work and return its exit code; what stops it is said in a line or a list, never in a traceback.

    Arguments:
        work: Gives the exit code.
        told: A file that cannot be read or written -> what is said of it; `stopped` makes one.
        undone: A sentence on what was left undone, said beside the number of problems; None leaves the number out.
    """
    try:
        return work()
    except WrongUse as error:  # may hold what was typed, in whatever encoding
        print(str(error).encode("utf-8", "backslashreplace").decode(), file=sys.stderr)
        return 2
    except GreenSupplyError as error:
        print(error, file=sys.stderr)
        if undone is not None:
            print(f"Problems: {len(error.problems)}. {undone}".rstrip(), file=sys.stderr)
    except BrokenPipeError:
        raise  # the reader has gone away, which `main` passes over
    except OSError as error:
        print(told(error), file=sys.stderr)
    return 1


def stopped(file: Path, undone: str = "") -> Callable[[OSError], str]:
    """Say which file stopped the work (`file`, if the system names none), why, and what was left undone."""
    return lambda error: f"{unfinished(error, file)}: {error.strerror}. {undone}".rstrip()


def unfinished(error: OSError, file: Path) -> str:
    """The file that could not be read or written, by the name that it was to have; `file` if the system names none."""
    return str(error.filename or file.as_posix()).removesuffix(".tmp")

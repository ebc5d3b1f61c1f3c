"""Every benchmark, one after another, into `benchmarks/RESULTS.md`: what `make bench` runs.

First it says how long it will take. Each benchmark is a program of its own (`--only site,weight` chooses some,
`--quick` takes the least of each, to see that all still work) and replaces its section of the file. The made texts and
what is built of them lie in `.cache/bench`, which can be deleted at any time.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from processes import ROOT, environment

HERE = Path(__file__).parent
WORK = ROOT / ".cache" / "bench" / "texts"


@dataclass(frozen=True)
class Part:
    """A benchmark.

    Attributes:
        minutes: What it takes on two quiet cores.
        quick: The arguments that make it short.
    """

    minutes: float
    quick: tuple[str, ...]


PARTS = {
    "site": Part(9, ("--sizes", "10", "--runs", "1")),
    "weight": Part(0.5, ("--sizes", "10")),
    "share": Part(2, ("--sizes", "10", "--stock", "10")),
    "peers": Part(5, ("--sizes", "10", "--runs", "1")),
    "serve": Part(5.5, ("--sizes", "10", "--edits", "5", "--stock", "1", "--limit", "30")),
    "packages": Part(1.5, ("--sizes", "10", "--runs", "1")),
    "tally": Part(1.5, ("--sizes", "10000", "--runs", "1")),
}
"""In this order: *weight* looks at what *site* has built."""


def main() -> None:
    """Run them, and say what failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", type=lambda text: text.split(","), default=list(PARTS), help=",".join(PARTS))
    options.add_argument("--quick", action="store_true", help="the least of each; its figures mean nothing")
    options.add_argument("--into", type=Path, default=HERE / "RESULTS.md", help="file of the results")
    chosen = options.parse_args()
    shutil.rmtree(WORK, ignore_errors=True)
    print(f"{', '.join(chosen.only)}: {estimate(chosen.only, quick=chosen.quick)}", flush=True)
    failed = [name for name in chosen.only if not _went_well(name, order(name, chosen.into, quick=chosen.quick))]
    if failed:
        raise SystemExit(f"Not in {chosen.into}, since they failed: {', '.join(failed)}.")
    print(f"All is in {chosen.into}.")


def order(name: str, into: Path, *, quick: bool = False) -> list[str]:
    """The command of a benchmark."""
    found = [sys.executable, str(HERE / f"{name}.py"), "--into", str(into), "--work", str(WORK)]
    return [*found, *(PARTS[name].quick if quick else ())]


def estimate(names: Sequence[str], *, quick: bool = False) -> str:
    """How long the benchmarks take, in words."""
    if quick:
        return "some minutes."
    return f"about {sum(PARTS[name].minutes for name in names):.0f} minutes on two quiet cores."


def _went_well(name: str, command: Sequence[str]) -> bool:
    began = time.monotonic()
    print(f"{name} ...", flush=True)
    done = subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - ours
    print(f"{name}: {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()

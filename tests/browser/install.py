"""Find what the tests need of the system, and install it where the machine's package manager can.

That is Chromium for the browser suite, and Pango with free fonts for the handouts. Playwright's own download of a
browser is not used: the system's Chromium gets the system's security updates.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig")
"""What WeasyPrint opens."""
FONTS = ("Liberation Sans", "DejaVu Sans")
"""What the handouts are written in; without them the next best font is taken."""
PRINTING = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fontconfig",
    "fonts-liberation",
    "fonts-dejavu-core",
)


def find() -> str | None:
    """Path of the system's Chromium, or of the one that `CHROMIUM` names.

    Not its headless shell: two runs of four with it waited for ever for a frame that it did not draw (version 156). The
    whole browser did not in many runs, though it stops drawing a page now and then too (`test_weight.TRIES`).
    """
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def prints() -> bool:
    """Whether the libraries and the fonts of the handouts are there."""
    if not all(map(ctypes.util.find_library, LIBRARIES)):
        return False
    if not shutil.which("fc-list"):
        return sys.platform != "linux"
    known = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True).stdout
    return all(font in known for font in FONTS)


def install(packages: tuple[str, ...], told: str) -> None:
    """Install packages of Debian; needs root or passwordless sudo. `told` is said where that cannot be done."""
    if not shutil.which("apt-get"):
        sys.exit(told)
    if not _apt(("update", "-qq"), ("install", "-y", "-qq", *packages)):
        sys.exit(f"{told} By hand: sudo apt-get install {' '.join(packages)}")


def _apt(*commands: tuple[str, ...]) -> bool:
    """Whether all of them went well."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return not any(
        subprocess.run([*root, "apt-get", *command], env=environment, stdout=subprocess.DEVNULL).returncode
        for command in commands
    )


if __name__ == "__main__":
    if not find():
        install(
            ("chromium",),
            "The browser tests need Chromium. Install it, or name it: CHROMIUM=/path/to/chromium make test",
        )
    if not prints():
        install(PRINTING, "The tests of the handouts need Pango and the fonts Liberation and DejaVu. Install them.")

"""Find Chromium for the browser suite, and install it where the machine's package manager can.

Playwright's own download of a browser is not used: the system's Chromium gets the system's security updates.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Path of the system's Chromium, or of the one that `CHROMIUM` names."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Install Debian's Chromium; needs root or passwordless sudo."""
    if not shutil.which("apt-get"):
        sys.exit("The browser tests need Chromium. Install it, or name it: CHROMIUM=/path/to/chromium make test")
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        done = subprocess.run(
            [*root, *command], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, stdout=subprocess.DEVNULL
        )
        if done.returncode:
            sys.exit("Chromium could not be installed. Install it by hand: sudo apt-get install chromium")


if __name__ == "__main__" and not find():
    install()

"""However it is built, the hub is the same site to the byte: at once or one by one, with and without what was kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from visiting import ROOT, Hub

PLAIN = {"GREENSUPPLY_NO_CACHE": "1", "GREENSUPPLY_ONE_PROCESS": "1"}


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("ways", [PLAIN, {}], ids=["plain", "warm"])
def test_the_hub_is_the_same_site(hub: Hub, tmp_path: Path, ways: dict[str, str]) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "GREENSUPPLY_SITE_URL": hub.url, **ways}, check=True)

    built, known = files(tmp_path / "site"), files(hub.folder)
    assert len(known) > 300
    assert sorted(built) == sorted(known)
    assert [name for name in known if built[name] != known[name]] == []

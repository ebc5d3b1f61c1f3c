"""However it is built, the hub is the same site to the byte: at once or one by one, with and without what was kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from visiting import ROOT, Hub

PLAIN = {"GREENSUPPLY_NO_CACHE": "1", "GREENSUPPLY_ONE_PROCESS": "1"}


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def day(folder: Path) -> dict[str, str]:
    """The environment of a build on the day of that one: midnight may have passed since."""
    (said,) = set(re.findall(r"<lastmod>(.+?)</lastmod>", (folder / "sitemap.xml").read_text(encoding="utf-8")))
    noon = datetime.fromisoformat(f"{said}T12:00").replace(tzinfo=UTC)
    return {"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}


@pytest.mark.parametrize("ways", [PLAIN, {}], ids=["plain", "warm"])
def test_the_hub_is_the_same_site(hub: Hub, tmp_path: Path, ways: dict[str, str]) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    environment = {**os.environ, "GREENSUPPLY_SITE_URL": hub.url, **day(hub.folder), **ways}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)

    built, known = files(tmp_path / "site"), files(hub.folder)
    assert len(known) > 300
    assert sorted(built) == sorted(known)
    assert [name for name in known if built[name] != known[name]] == []

"""The languages of the site at the same time: the same site, the same messages, the same errors."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import configuration, project, write
from greensupply import processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one language is built after another")
TROUBLE = """
import logging
from mkdocs.exceptions import PluginError

def on_page_markdown(markdown, page, **_):
    uri = page.file.src_uri
    {}
"""
AT_ONCE = "Built at the same time by processes of their own: es, fr."


class Built:
    """One whole `mkdocs build` of the small hub."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        order = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder / "built"), *options]
        settings = {**os.environ, "SOURCE_DATE_EPOCH": "1764115200", "NO_MKDOCS_2_WARNING": "1", **environment}
        run = subprocess.run(order, cwd=folder, env=settings, capture_output=True, text=True, check=False)
        self.code, self.said = run.returncode, run.stderr
        self.files = {
            file.relative_to(folder / "built").as_posix(): file.read_bytes()
            for file in sorted((folder / "built").rglob("*"))
            if file.is_file()
        }


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return made(tmp_path)


def made(folder: Path, at_a_page: str = "") -> Path:
    """The small hub; `at_a_page` is Python that is done when the page `uri` is read."""
    write(folder, {**project(), "trouble.py": TROUBLE.format(at_a_page or "pass")})
    (folder / "mkdocs.yml").write_text(configuration(folder, hooks=["trouble.py"]), encoding="utf-8")
    return folder


def both(folder: Path, *options: str) -> tuple[Built, Built]:
    """The same build with a process for each language, and with one for all."""
    return Built(folder, "--verbose", *options), Built(folder, "--verbose", *options, **{processes.ONE_PROCESS: "1"})


needs_two = pytest.mark.skipif(
    sys.platform == "linux" and len(os.sched_getaffinity(0)) < 2, reason="there is only one processor"
)


@needs_two
def test_the_site_is_the_same_to_the_byte(hub):
    at_once, one_by_one = both(hub, "--strict")

    assert (at_once.code, one_by_one.code) == (0, 0), at_once.said + one_by_one.said
    assert AT_ONCE in at_once.said
    assert AT_ONCE not in one_by_one.said
    assert {"index.html", "es/index.html", "fr/index.html", "sitemap.xml", "sitemap.xml.gz"} <= set(at_once.files)
    assert at_once.files == one_by_one.files


@needs_two
def test_what_a_language_is_warned_of_is_said_once_and_counts_when_builds_are_strict(tmp_path):
    hub = made(tmp_path, "if uri == 'es/index.md': logging.getLogger('mkdocs').warning('%s is odd', uri)")

    lenient, strict, plain = (
        Built(hub, "--verbose"),
        Built(hub, "--strict"),
        Built(hub, "--strict", **{processes.ONE_PROCESS: "1"}),
    )

    assert (lenient.code, strict.code, plain.code) == (0, 1, 1)
    assert AT_ONCE in lenient.said
    assert lenient.said.count("es/index.md is odd") == 1
    assert plain.said.count("es/index.md is odd") == 1
    assert "es/index.md is odd" in strict.said


@needs_two
def test_an_error_in_one_language_is_told_as_it_is_with_one_process(tmp_path):
    hub = made(tmp_path, "if uri == 'fr/index.md': raise PluginError(f'{uri} is bad')")

    at_once, one_by_one = both(hub)

    assert (at_once.code, one_by_one.code) == (1, 1)
    assert "fr/index.md is bad" in one_by_one.said
    assert at_once.said.count("fr/index.md is bad") == one_by_one.said.count("fr/index.md is bad")
    assert "Built again, one after another, because something is wrong in: fr." in at_once.said


def test_python_looks_for_rings_of_objects_seldom_while_it_reads_and_makes_pages_and_as_ever_afterwards(build_site):
    hook = "import gc\nfrom pathlib import Path\n\ndef on_config(config):\n"
    hook += "    with Path(config.site_dir).with_name('seen').open('a') as file: print(gc.get_threshold(), file=file)\n"
    hook += "\ndef on_env(env, config, files):\n    on_config(config)\n"
    before = gc.get_threshold()
    site = build_site({"seen.py": hook}, hooks=["seen.py"])

    assert set(site.folder.with_name("seen").read_text().splitlines()) == {str((10_000, *before[1:]))}
    assert gc.get_threshold() == before

"""What an earlier build read of a module is what reading it again would say."""

import pickle
from pathlib import Path

import pytest
from builders import module, project, write
from greensupply import library
from greensupply.kept_pack import Pack
from greensupply.library import kept_modules
from greensupply.library.walk import Walk

ROOT = Path(__file__).parent.parent


def findings(root, store=None):
    return library.examine(root / "modules", root / "content", store=store)


def told(found):
    """Everything, also what does not count when two are compared."""
    texts = [text for each in found.seen.modules.values() for text in each.texts.values()]
    whole = [(text.written, text.lines, list(text.pieces())) for text in texts]
    return found, whole, [(each.places, each.lines) for each in found.seen.modules.values()]


def read_again(root, monkeypatch):
    """What is found with the store, and the modules that were read to find it."""
    store, read = Pack(root / "modules.pack"), []
    plain = Walk.module
    monkeypatch.setattr(Walk, "module", lambda walk, folder: (read.append(folder.name), plain(walk, folder))[1])
    found = findings(root, store)
    store.save()
    monkeypatch.undo()
    return found, read


def test_the_real_modules_are_the_same_when_they_are_kept(tmp_path):
    for _ in range(2):
        store = Pack(tmp_path / "modules.pack")
        assert told(findings(ROOT, store)) == told(findings(ROOT))
        store.save()


def test_only_the_module_that_changed_is_read_again(tmp_path, monkeypatch):
    write(tmp_path, project(module("ems"), module("rinsing")))
    assert read_again(tmp_path, monkeypatch)[1] == ["ems", "rinsing"]
    for file in sorted((tmp_path / "modules" / "ems").iterdir()):
        assert read_again(tmp_path, monkeypatch)[1] == []
        text = file.read_text(encoding="utf-8")
        file.write_text(f"{text}\nAnother sentence.\n" if file.suffix == ".md" else f"{text}# more\n", encoding="utf-8")
        found, read = read_again(tmp_path, monkeypatch)
        assert read == ["ems"]
        assert told(found) == told(findings(tmp_path))
    (tmp_path / "modules" / "ems" / "fr.md").unlink()
    assert read_again(tmp_path, monkeypatch)[1] == ["ems"]


def test_what_is_wrong_is_said_each_time(tmp_path, monkeypatch):
    wrong = "/// worksheet\n\nNo end, and ![a figure](figures/none.svg)\n"
    text = module("ems")["modules/ems/en.md"]
    write(tmp_path, project(module("ems"), module("rinsing")) | {"modules/ems/es.md": text + wrong})
    expected = findings(tmp_path)
    for _ in range(2):
        found, read = read_again(tmp_path, monkeypatch)
        assert "ems" in read
        assert expected.problems
        assert told(found) == told(expected)


def test_what_leads_to_other_files_is_looked_at_each_time(tmp_path, monkeypatch):
    write(tmp_path, project(module("ems"), module("rinsing")))
    english = tmp_path / "modules" / "ems" / "en.md"
    english.write_text(english.read_text(encoding="utf-8") + "\n[Why](../rinsing/en.md#why-rinse)\n", encoding="utf-8")
    assert read_again(tmp_path, monkeypatch)[0].problems == ()
    rinsing = tmp_path / "modules" / "rinsing" / "en.md"
    rinsing.write_text(rinsing.read_text(encoding="utf-8").replace("## Why rinse", "## Why"), encoding="utf-8")
    found, read = read_again(tmp_path, monkeypatch)

    assert read == ["rinsing"]
    assert [problem.rule for problem in found.problems] == ["link-to-no-section"]
    assert told(found) == told(findings(tmp_path))


class Foreign:
    def __reduce__(self):
        return Path.touch, (Path("foreign"),)


@pytest.mark.parametrize("data", [b"", b"no pickle", pickle.dumps({"module": 1}), pickle.dumps(Foreign())])
def test_bytes_that_are_not_ours_are_not_taken(tmp_path, monkeypatch, data):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, project(module("ems")))
    monkeypatch.setattr(kept_modules.Pack, "find", lambda *_: data)
    found, read = read_again(tmp_path, monkeypatch)

    assert read == ["ems", "rinsing"]
    assert told(found) == told(findings(tmp_path))
    assert not Path("foreign").exists()

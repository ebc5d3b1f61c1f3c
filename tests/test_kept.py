import pytest
from builders import write
from greensupply import kept

FILES = ("a.py", "strings/es.yml", "theme/main.html", "components/x/template.html", "guide.md", "logo.svg")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """The folder of a program in place of ours."""
    folder = tmp_path / "program"
    for name in FILES:
        write(folder, {name: "one"})
    monkeypatch.setattr(kept, "_PACKAGE", folder)
    kept.forget()
    yield folder
    kept.forget()


@pytest.fixture
def edition(tmp_path, program):
    """What the next build finds, and whether it read the program's files."""

    def found():
        kept.forget()
        said = kept.edition(tmp_path / "cache")
        return said, bool(kept._made.cache_info().currsize)

    return found


def test_each_file_of_the_program_is_in_the_edition(program):
    seen = set()
    for name in FILES:
        for text in ("two", "three"):
            write(program, {name: text})
            kept.forget()
            seen.add(kept.edition())

    assert len(seen) == 2 * len(FILES)


def test_the_program_is_not_read_again_while_nobody_touched_it(edition, program):
    first, read = edition()
    assert read
    assert edition() == (first, False)
    write(program, {"a.py": "one"})
    assert edition() == (first, True)
    assert edition() == (first, False)
    write(program, {"a.py": "two"})
    changed, read = edition()
    assert changed != first
    assert read
    (program / "a.py").unlink()
    assert edition()[1]


def test_another_version_of_another_program_is_another_edition(edition, monkeypatch):
    first, _ = edition()
    monkeypatch.setattr(kept, "version", lambda name: "0")
    other, read = edition()
    assert other != first
    assert read


def test_what_is_remembered_and_damaged_is_made_again(edition, tmp_path):
    first, _ = edition()
    (file,) = (tmp_path / "cache").iterdir()
    whole = file.read_bytes()
    broken = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(len(whole))]
    for damaged in (*broken, whole[:-1], whole[:70], b"", b"\xff\xff"):
        file.write_bytes(damaged)
        assert edition() == (first, True)
        assert file.read_bytes() == whole


def test_a_program_with_links_to_elsewhere_is_read_each_time(edition, program):
    (program / "link").symlink_to(program / "a.py")
    first, _ = edition()
    assert edition() == (first, True)


def test_a_program_that_changes_while_it_is_read_is_not_remembered(edition, program, monkeypatch):
    read = kept._made

    def made():
        write(program, {"later.txt": "written meanwhile"})
        return read()

    made.cache_clear, made.cache_info = read.cache_clear, read.cache_info
    monkeypatch.setattr(kept, "_made", made)
    first, _ = edition()
    assert edition() == (first, True)


def test_a_folder_that_cannot_be_written_remembers_nothing(program, tmp_path):
    (tmp_path / "file").write_text("in the way")
    kept.forget()
    first = kept.edition(tmp_path / "file")
    kept.forget()
    assert kept.edition(tmp_path / "file") == first == kept.edition()

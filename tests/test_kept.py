import pytest
from greensupply import kept
from greensupply.kept import Kept
from mkdocs.structure.pages import Page


class Making:
    def __init__(self, text: str = "made") -> None:
        self.count, self.text = 0, text

    def __call__(self) -> str:
        self.count += 1
        return self.text


def test_what_was_made_is_not_made_again(tmp_path):
    making = Making()

    assert [Kept(tmp_path).text(("a", 1), making) for _ in range(3)] == ["made"] * 3
    assert making.count == 1


def test_another_key_or_another_edition_is_another_entry(tmp_path, monkeypatch):
    making = Making()
    Kept(tmp_path).text("a", making)
    Kept(tmp_path).text("b", making)
    monkeypatch.setattr(kept, "edition", lambda: "another")
    Kept(tmp_path).text("a", making)

    assert making.count == 3


@pytest.mark.parametrize("damage", [b"", b"made", b"0" * 64 + b"made", None])
def test_a_damaged_entry_is_noticed_and_made_anew(tmp_path, damage):
    Kept(tmp_path).text("a", Making())
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)

    assert Kept(tmp_path).text("a", Making()) == "made"
    assert file.read_bytes().endswith(b"made")


def test_a_folder_that_cannot_be_used_does_no_harm(tmp_path):
    (tmp_path / "file").write_text("no folder")

    assert Kept(tmp_path / "file").text("a", Making()) == "made"
    assert Kept(None).text("a", Making()) == "made"


def test_what_a_build_did_not_ask_for_is_removed_after_it(tmp_path):
    store = Kept(tmp_path)
    store.text("old", Making())
    store.clear()
    store.text("new", Making())
    store.clear()

    assert len(list(tmp_path.iterdir())) == 1


def test_what_another_process_of_the_build_asked_for_stays(tmp_path):
    child, parent = Kept(tmp_path), Kept(tmp_path)
    child.text("of the child", Making())
    parent.text("of the parent", Making())
    parent.use(child.used)
    parent.clear()

    assert len(list(tmp_path.iterdir())) == 2


def pages(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_build_with_what_is_kept_makes_the_same_site(build_site, monkeypatch):
    """Seen with MkDocs 1.6.1, whose `Page.render` is replaced: cold, warm, and with nothing kept."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764115200")
    cold = pages(build_site().folder)
    kept.at.cache_clear()
    converted = []
    monkeypatch.setattr(Page, "render", lambda page, *_: converted.append(page.file.src_uri))
    with pytest.raises(Exception, match=r".*"):  # a page of content/ must be converted
        build_site()
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764115200")

    assert not any("modules/" in uri for uri in converted)
    assert pages(build_site().folder) == cold
    monkeypatch.setenv("GREENSUPPLY_NO_CACHE", "1")
    assert pages(build_site().folder) == cold

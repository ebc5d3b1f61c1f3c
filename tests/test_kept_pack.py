import os
import tracemalloc

import pytest
from greensupply import kept, processes
from greensupply.kept_pack import Pack


class Making:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> bytes:
        self.count += 1
        return b"made" * 20


def filled(file, *keys):
    pack, making = Pack(file), Making()
    made = [pack.data(key, making) for key in keys]
    pack.save()
    assert made == [b"made" * 20] * len(keys)
    return making.count


def test_what_was_made_is_not_made_again(tmp_path):
    assert filled(tmp_path / "a.pack", "a", ("b", 1)) == 2
    before = (tmp_path / "a.pack").stat().st_ino
    assert filled(tmp_path / "a.pack", "a", ("b", 1)) == 0
    assert (tmp_path / "a.pack").stat().st_ino == before  # nor written again


def test_another_key_or_another_edition_is_another_entry(tmp_path, monkeypatch):
    filled(tmp_path / "a.pack", "a")
    assert filled(tmp_path / "a.pack", "b") == 1
    monkeypatch.setattr(kept, "edition", lambda folder: "another")
    assert filled(tmp_path / "a.pack", "b") == 1


def test_any_damage_is_noticed_and_mended(tmp_path):
    file = tmp_path / "a.pack"
    filled(file, "a", "b")
    whole = file.read_bytes()
    broken = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(0, len(whole), 3)]
    broken += [whole[:end] for end in (0, 1, 79, 80, 81, 300, len(whole) - 1)] + [b"9" * 500, b"\xff" * 500]
    for bytes_of in broken:
        file.write_bytes(bytes_of)
        filled(file, "a", "b")
        assert filled(file, "a", "b") == 0


def test_entries_that_changed_places_are_not_taken_for_one_another(tmp_path):
    file = tmp_path / "a.pack"
    pack = Pack(file)
    for key in ("one", "two"):
        pack.data(key, key.encode)
    pack.save()
    file.write_bytes(file.read_bytes().replace(b"onetwo", b"twoone"))

    assert (Pack(file).find("one"), Pack(file).find("two")) == (None, None)


def test_what_a_build_did_not_ask_for_is_left_out_of_the_next_file(tmp_path):
    file = tmp_path / "a.pack"
    filled(file, "old", "new")
    long = file.stat().st_size
    filled(file, "new")

    assert file.stat().st_size < long
    assert filled(file, "new") == 0


def test_a_pack_goes_on_after_it_was_saved(tmp_path):
    pack, making = Pack(tmp_path / "a.pack"), Making()
    for _ in range(3):
        pack.data("a", making)
        pack.save()

    assert making.count == 1


def test_of_two_builds_at_once_either_file_is_whole(tmp_path):
    one, other = Pack(tmp_path / "a.pack"), Pack(tmp_path / "a.pack")
    for pack, key in ((one, "one"), (other, "other"), (one, "both"), (other, "both")):
        pack.data(key, Making())
    one.save()
    other.save()

    assert filled(tmp_path / "a.pack", "other", "both") == 0
    assert {file.name for file in tmp_path.iterdir()} == {"a.pack", "edition.txt"}


@pytest.mark.parametrize("place", ["file/a.pack", "folder.pack"])
def test_a_place_that_cannot_be_used_does_no_harm(tmp_path, place):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "folder.pack").mkdir()

    assert filled(tmp_path / place, "a") == 1
    assert Pack(None).data("a", Making()) == b"made" * 20


def test_what_is_taken_and_what_is_found_do_not_stay_in_memory(tmp_path):
    size, file = 200_000, tmp_path / "a.pack"
    for pack in (Pack(file), Pack(file)):
        tracemalloc.start()
        for key in range(20):
            assert pack.data(key, lambda: b"e" * size) == b"e" * size
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        pack.save()
        assert held < size


def test_what_was_taken_is_found_again_before_it_is_saved(tmp_path):
    pack = Pack(tmp_path / "a.pack")
    for key in ("one", "two"):
        pack.keep(key, key.encode())

    assert [pack.find(key) for key in ("one", "two", "three")] == [b"one", b"two", None]
    assert not (tmp_path / "a.pack").exists()


def test_a_system_that_cannot_read_at_a_place_keeps_as_well(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "pread", raising=False)
    monkeypatch.delattr(os, "pwrite", raising=False)
    for known in (2, 0):
        assert filled(tmp_path / "a.pack", "a", ("b", 1)) == known


def test_another_build_that_saves_takes_nothing_from_one_that_reads(tmp_path):
    file = tmp_path / "a.pack"
    filled(file, "a", "b")
    reader = Pack(file)
    assert reader.find("a")
    filled(file, "c")

    assert reader.find("b") == b"made" * 20


@pytest.mark.parametrize("said", [OSError, 3])
def test_what_there_is_no_room_for_is_not_kept_and_harms_nothing(tmp_path, monkeypatch, said):
    def full(file, data, place):
        if said is OSError:
            raise OSError
        return write(file, data[:said], place)

    file, write = tmp_path / "a.pack", os.pwrite
    pack, making = Pack(file), Making()
    pack.data("before", making)
    with monkeypatch.context() as change:
        change.setattr(os, "pwrite", full)
        assert pack.data("full", making) == b"made" * 20
        assert pack.find("full") is None
    pack.keep("after", b"made" * 20)
    assert pack.find("before") == pack.find("after") == b"made" * 20
    pack.save()

    assert filled(file, "before", "after", "full") == 1


@pytest.mark.skipif(processes.count() == 1, reason="there is no other process")
def test_two_processes_that_take_entries_do_not_disturb_one_another(tmp_path):
    def found():
        pack.keep("other", b"x" * 30)
        return pack.find("first"), pack.find("other")

    pack = Pack(tmp_path / "a.pack")
    pack.keep("first", b"first")
    other = processes.Apart(found)
    assert other.result() == (b"first", b"x" * 30)
    pack.keep("own", b"own")

    assert [pack.find(key) for key in ("first", "own", "other")] == [b"first", b"own", None]

"""Statements and `greensupply records pull` against a record store that is not ours: Ralph, behind a door that can fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from builders import project, write
from greensupply import store
from greensupply.cli import asides, lrs, main, pull
from record_builders import VERBS, scope, statement, uuid, verb
from record_faults import Answer, Store, door
from record_store import HEADERS, READER, WRITER, Ralph, refusals
from store_builders import ids


@pytest.fixture(scope="module")
def behind(ralph: Ralph) -> Iterator[Store]:
    with door(ralph) as found:
        yield found


@pytest.fixture
def shop(behind: Store) -> Store:
    """The empty store, with all well."""
    behind.reset()
    return behind


class Pulled:
    """One pull, and what it left."""

    def __init__(self, shop: Store, folder: Path, since: datetime | None = None, key: tuple[str, str] = READER) -> None:
        self.slept: list[float] = []
        self.error = ""
        with asides.collected() as told:
            source = lrs.Source(shop.url, *key)
            pulling = pull.Pulling(folder, source, scope(now=datetime.now(UTC)), told, lambda: None, self.slept.append)
            try:
                pulling.run(since)
            except lrs.LrsError as error:
                self.error = str(error).replace(source.name, "lrs")
            self.report = pulling.report
        self.ids = ids(store.files(folder))


def numbers(*wanted: int) -> list[str]:
    return [uuid(number) for number in wanted]


def late(number: int, *without: str, **changes: Any) -> dict[str, Any]:
    """A statement of the last hour, which a pull that begins a day back finds again."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return statement(number, *without, **{"timestamp": now, **changes})


# What the store takes, which the tests below rest on


def test_the_store_takes_different_statements_and_the_same_one_again_but_no_other_of_its_id(ralph, shop):
    answers = [
        ralph.post(one).status_code
        for one in (statement(1), statement(2), statement(1), statement(1, timestamp="2026-11-23T12:00:00Z"))
    ]

    assert answers == [200, 200, 204, 409]
    assert ralph.statements() == [statement(1), statement(2)]
    assert ralph.post(statement(3), statement(4)).json() == numbers(3, 4)


def test_a_key_that_may_only_write_reads_nothing(ralph, shop):
    ralph.post(statement(1))
    asked = [requests.get(f"{ralph.url}/statements", auth=key, headers=HEADERS, timeout=20) for key in (WRITER, READER)]

    assert [answer.status_code for answer in asked] == [401, 200]
    assert "learner" not in asked[0].text


ENDINGS = [
    statement(1),
    statement(2, result={"score": {"scaled": 0.123456789}}),
    statement(3, verb=verb("passed"), actor={"account": {"homePage": "https://lms.example", "name": "x@y.example"}}),
    statement(4, context={"language": "fr-CA", "revision": "12"}),
    {**statement(5, "result", "context", verb=verb("voided")), "object": {"objectType": "StatementRef", "id": uuid(1)}},
]


def test_the_statements_that_records_are_read_from_are_good_ones_for_two_readers_that_are_not_ours():
    assert refusals(ENDINGS) == [""] * len(ENDINGS)


@pytest.mark.parametrize(
    "changes",
    [
        {"timestamp": "2026-11-24T12:00:00"},
        {"timestamp": "2026-11-24T12:00:00-00:00"},
        {"context": {"language": "es_MX"}},
        {"result": {"score": {"scaled": 1.1}}},
        {"result": {"success": None}},
        {"actor": {"mbox": "mailto:ana@plant.example"}},
        {"id": "1"},
        {"verb": {"id": "completed", "display": {"en": "completed"}}},
        {"context": {"registration": "7"}},
    ],
    ids=json.dumps,
)
def test_those_readers_see_what_is_wrong(changes):
    [refused] = refusals([statement(1, **changes)])

    assert refused


# Pull


def test_every_page_of_every_verb_is_read_and_counts_once(ralph, shop, tmp_path, monkeypatch):
    monkeypatch.setattr(lrs, "PAGE", 3)
    ralph.post(*(late(number) for number in range(1, 8)))
    ralph.post(late(8, verb=verb("passed")), late(9, verb=verb("attempted")))
    ralph.post({**late(10, "result", "context", verb=verb("voided")), "object": ENDINGS[4]["object"]})

    found = Pulled(shop, tmp_path)

    assert (found.error, found.slept) == ("", [])
    assert found.ids == numbers(2, 3, 4, 5, 6, 7, 8)
    assert found.report == store.Report(read=9, new=7, withdrawn=1, voids=1)
    assert sum(f"{VERBS}completed".replace(":", "%3A").replace("/", "%2F") in path for path in shop.asked) == 3
    again = Pulled(shop, tmp_path)
    assert again.ids == found.ids
    assert again.report.new == 0


def test_what_comes_later_is_found_by_the_next_pull(ralph, shop, tmp_path):
    ralph.post(late(1))
    Pulled(shop, tmp_path)
    ralph.post(late(2))

    assert Pulled(shop, tmp_path).ids == numbers(1, 2)


def test_ralph_looks_for_when_it_happened_so_what_was_sent_days_later_needs_since(ralph, shop, tmp_path):
    """The standard has `since` compare `stored`; docs/records.md says what to do with a store that does otherwise."""
    ralph.post(late(1))
    Pulled(shop, tmp_path)
    ralph.post(statement(2, timestamp="2026-11-02T12:00:00Z"))

    assert Pulled(shop, tmp_path).ids == numbers(1)
    assert Pulled(shop, tmp_path, since=datetime(2026, 11, 1, tzinfo=UTC)).ids == numbers(1, 2)


@pytest.mark.parametrize(
    ("faults", "slept"),
    [
        pytest.param([503, 500, 502], [2, 4, 8], id="5xx"),
        pytest.param([Answer(429, headers={"Retry-After": "7"})], [7], id="429 with Retry-After"),
        pytest.param(["reset", "lost"], [2, 4], id="cut connections"),
        pytest.param(["half"], [2], id="half an answer"),
        pytest.param(["silent"], [2], id="slow"),
        pytest.param(["well", "half", 503, "well", "reset"], [2, 4, 2], id="in the middle"),
    ],
)
def test_75_a_store_that_fails_for_a_while_is_waited_for(ralph, shop, tmp_path, monkeypatch, faults, slept):
    monkeypatch.setattr(lrs, "PAGE", 3)
    monkeypatch.setattr(lrs, "TIMEOUT", (5, 1) if "silent" in faults else (5, 20))
    ralph.post(*(late(number) for number in range(1, 8)))
    shop.plan(*faults)

    found = Pulled(shop, tmp_path)

    assert found.error == ""
    assert found.slept == slept
    assert found.ids == numbers(1, 2, 3, 4, 5, 6, 7)


def test_a_pull_that_breaks_off_keeps_what_came_and_is_taken_up_again(ralph, shop, tmp_path, monkeypatch):
    monkeypatch.setattr(lrs, "PAGE", 3)
    ralph.post(*(late(number) for number in range(1, 8)))
    shop.plan(*["well"] * 4, *["reset"] * 6)

    found = Pulled(shop, tmp_path)

    assert found.error.startswith("lrs: cannot be reached, or breaks off in the middle, also at attempt 6.")
    assert len(found.ids) == 3
    assert Pulled(shop, tmp_path).ids == numbers(1, 2, 3, 4, 5, 6, 7)


def test_a_key_that_may_not_read_is_told(ralph, shop, tmp_path):
    found = Pulled(shop, tmp_path, key=WRITER)

    assert found.error.startswith("lrs: does not know the user, or the password is another (401).")


def test_pull_says_what_it_did(
    ralph: Ralph, shop: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, project())
    monkeypatch.chdir(tmp_path)
    user, password = READER
    for name, value in (
        ("GREENSUPPLY_RECORDS_KEY", "a key for tests that is long enough"),
        ("GREENSUPPLY_LRS_USER", user),
        ("GREENSUPPLY_LRS_PASSWORD", password),
    ):
        monkeypatch.setenv(name, value)
    for number, module in enumerate(("rinsing", "rinsing", "nowhere"), 1):
        ralph.post(late(number, object={"id": f"https://hub.example/modules/{module}"}))

    code = main(["records", "pull", "--endpoint", f"{shop.url}/"])

    said = capsys.readouterr()
    name = shop.url.partition("://")[2]
    assert (code, said.err) == (0, "")
    assert said.out.startswith(f"{name}: 3 read: 2 new, 1 set aside.\n  {name}:")

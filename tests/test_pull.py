"""`greensupply records pull` against a Learning Record Store on loopback that does all that such stores do, and fail at."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from builders import project, write
from greensupply import store
from greensupply.cli import asides, lrs, main, pull
from greensupply.errors import GreenSupplyError
from record_builders import SITE, VERBS, scope, statement, uuid, verb
from store_builders import content, ids

USER, PASSWORD = "programme", "contraseña"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
Fault = Callable[["Handler"], None]
"""What a store does once in place of a good answer."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Lrs
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append((urlsplit(self.path).path, query, dict(self.headers)))
        if self.server.faults and (fault := self.server.faults.pop(0)):
            fault(self)
            return
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers["Authorization"] != f"Basic {token}":
            self.answer(401, b"")
            return
        self.answer(200, json.dumps(self.server.page(query)).encode(), **self.server.headers)

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Lrs(ThreadingHTTPServer):
    """A store: its statements in the order of their storing, and what it does wrong next."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.statements: list[dict[str, Any]] = []
        self.faults: list[Fault | None] = []
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.headers: dict[str, str] = {}
        self.size = 3
        self.more = "/xapi/statements/more?"

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/xapi"

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.server_port}/xapi"

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        found = [
            one
            for one in self.statements
            if one["verb"]["id"] == query["verb"] and one["stored"] > query.get("since", "")
        ]
        begin = int(query.get("from", "0"))
        more = ""
        if begin + self.size < len(found):
            more = self.more + urlencode({**query, "from": begin + self.size})
        return {"statements": found[begin : begin + self.size], "more": more}

    def put(self, *statements: dict[str, Any]) -> None:
        """Store statements, a minute after one another."""
        for one in statements:
            self.statements.append({**one, "stored": stored(len(self.statements))})

    def queries(self, name: str) -> list[dict[str, str]]:
        """What was asked about a verb, without the parts that are always the same."""
        asked = [query for _, query, _ in self.asked if query.get("verb") == f"{VERBS}{name}"]
        return [{key: value for key, value in one.items() if key in ("since", "from")} for one in asked]


def stored(number: int) -> str:
    return (NOON + timedelta(minutes=number)).isoformat().replace("+00:00", "Z")


@pytest.fixture
def server() -> Iterator[Lrs]:
    with Lrs() as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


class Pulled:
    """One pull, and what it left."""

    def __init__(self, server: Lrs, folder: Path, since: datetime | None = None) -> None:
        self.slept: list[float] = []
        self.error = ""
        with asides.collected() as told:
            source = lrs.Source(server.endpoint, USER, PASSWORD)
            pulling = pull.Pulling(folder, source, scope(), told, lambda: None, self.slept.append)
            try:
                pulling.run(since)
            except lrs.LrsError as error:
                self.error = str(error).replace(server.name, "lrs")
            self.report = pulling.report
            self.told = [line.strip().replace(server.name, "lrs") for line in told.lines(None)]
        self.ids = ids(store.files(folder))
        cursor = folder / ".cursor.json"
        self.cursor = json.loads(cursor.read_text())[server.endpoint] if cursor.exists() else None


def numbers(*wanted: int) -> list[str]:
    return [uuid(number) for number in wanted]


def voiding(number: int, target: int) -> dict[str, Any]:
    reference = {"objectType": "StatementRef", "id": uuid(target)}
    return statement(number, "result", "context", verb=verb("voided"), object=reference)


# All goes well


def test_every_page_of_every_verb_is_read_and_added(server, tmp_path):
    server.put(*(statement(number) for number in range(1, 8)))
    server.put(statement(8, verb=verb("passed")), statement(9, verb=verb("attempted")), voiding(10, 2))

    found = Pulled(server, tmp_path)

    assert (found.error, found.told, found.slept) == ("", [], [])
    assert found.ids == numbers(1, 3, 4, 5, 6, 7, 8)
    assert found.report == store.Report(read=9, new=7, withdrawn=1, voids=1)
    assert [query.get("from", "0") for query in server.queries("completed")] == ["0", "3", "6"]
    assert len(server.queries("passed")) == len(server.queries("voided")) == 1
    assert server.queries("attempted") == []


def test_statements_are_asked_for_as_xapi_says(server, tmp_path):
    server.put(statement(1))
    Pulled(server, tmp_path)

    for path, query, headers in server.asked:
        assert path == "/xapi/statements"
        assert query.keys() == {"verb", "ascending", "limit"}
        assert query["ascending"] == "true"
        assert headers["X-Experience-API-Version"] == "1.0.3"


def test_the_next_pull_begins_a_day_before_the_end_of_the_last_and_counts_nothing_twice(server, tmp_path):
    server.put(statement(1), statement(2))
    assert Pulled(server, tmp_path).cursor == {f"{VERBS}completed": stored(1)}
    server.put(statement(3))
    server.asked.clear()

    found = Pulled(server, tmp_path)

    assert found.report == store.Report(read=3, new=1, already_there=2)
    assert server.queries("completed") == [{"since": "2026-11-19T12:01:00Z"}]
    assert server.queries("passed") == [{}], "nothing of it was seen yet"
    assert found.cursor == {f"{VERBS}completed": stored(2)}


def test_since_that_leaves_a_gap_does_not_move_where_the_next_pull_begins(server, tmp_path):
    server.put(statement(1))
    first = Pulled(server, tmp_path).cursor
    server.put(statement(2), statement(3))

    later = Pulled(server, tmp_path, since=NOON + timedelta(minutes=1))
    assert later.ids == numbers(1, 3)
    assert later.cursor == first
    assert Pulled(server, tmp_path).ids == numbers(1, 2, 3)


def test_what_is_stored_while_we_read_is_left_to_the_next_pull(server, tmp_path):
    server.put(*(statement(number) for number in range(1, 8)))
    server.headers = {"X_Experience_API_Consistent_Through": stored(4)}

    found = Pulled(server, tmp_path)

    assert found.ids == numbers(1, 2, 3, 4, 5)
    assert [query.get("from", "0") for query in server.queries("completed")] == ["0", "3"]
    assert found.told == [
        f"Note: lrs:5: may still be receiving what was stored after {stored(4)}; it is left for later. "
        "The next pull begins before that; should this come again, tell whoever runs the store."
    ]
    assert found.cursor == {f"{VERBS}{name}": stored(4) for name in ("completed", "failed", "passed", "voided")}
    server.headers = {}
    assert Pulled(server, tmp_path).ids == numbers(1, 2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize("header", ["", "yesterday", "2026-11-20T12:00:00"])
def test_a_time_that_cannot_be_read_stops_nothing(server, tmp_path, header):
    server.put(statement(1), statement(2))
    server.headers = {"X_Experience_API_Consistent_Through": header}

    assert Pulled(server, tmp_path).ids == numbers(1, 2)


def test_two_statements_of_one_ending_are_one_record(server, tmp_path):
    ending = {"context": {"registration": uuid(77), "extensions": {f"{SITE}/xapi/delivery": "lms"}}}
    server.put({**statement(1, **ending), "result": {"completion": True}})
    server.put(statement(2, verb=verb("passed"), **ending))

    found = Pulled(server, tmp_path)

    assert found.ids == numbers(2)
    assert found.report == store.Report(read=1, new=1, notices=1)


def test_a_statement_that_is_wrong_costs_only_itself(server, tmp_path):
    server.put(statement(1), statement(2, result={"score": {"scaled": 1.4}}), statement(3))

    found = Pulled(server, tmp_path)

    assert found.ids == numbers(1, 3)
    assert found.report.set_aside == 1
    assert [line.partition(": ")[0] for line in found.told] == ["lrs:2"]


def test_large_pages_and_many_readings_are_added_in_several_batches(server, tmp_path, monkeypatch):
    monkeypatch.setattr(pull, "AT_ONCE", 400)
    server.size = 500
    server.put(*(statement(number, padding="x" * 3_000) for number in range(1, 501)))

    found = Pulled(server, tmp_path)

    assert found.report == store.Report(read=500, new=500)
    assert len(store.files(tmp_path)) == 2


def test_a_store_without_statements_gives_none(server, tmp_path):
    found = Pulled(server, tmp_path)

    assert (found.error, found.report, found.cursor) == ("", store.Report(), {})


# Endless stores


def test_a_next_page_that_is_empty_is_the_end(server, tmp_path):
    server.put(statement(1))
    page = server.page
    server.page = lambda query: {**page(query), "more": "/xapi/statements/more?" + urlencode({**query, "from": 99})}

    found = Pulled(server, tmp_path)

    assert (found.error, found.told, found.ids) == ("", [], numbers(1))
    assert found.cursor == {f"{VERBS}completed": stored(0)}


def test_a_page_that_comes_again_is_the_end_and_the_next_pull_begins_anew(server, tmp_path):
    server.put(*(statement(number) for number in range(1, 8)))
    page = server.page
    server.page = lambda query: {**page(query), "more": "/xapi/statements/more?" + urlencode({**query, "from": 3})}

    found = Pulled(server, tmp_path)

    assert found.ids == numbers(1, 2, 3, 4, 5, 6)
    assert found.told == [
        "Note: lrs:6: gives a page again that came before, so what is after it cannot be seen. "
        "The next pull begins before that; should this come again, tell whoever runs the store."
    ]
    assert found.cursor == {}


# Stores that fail for a while


def status(code: int, **headers: str) -> Fault:
    return lambda request: request.answer(code, b"", **headers)


def hang_up(request: Handler) -> None:
    request.close_connection = True
    request.connection.close()


def half(request: Handler) -> None:
    whole = json.dumps({"statements": [statement(1)], "more": ""}).encode()
    request.send_response(200)
    request.send_header("Content-Length", str(len(whole)))
    request.end_headers()
    request.wfile.write(whole[: len(whole) // 2])
    request.close_connection = True


def page_of(body: bytes, **headers: str) -> Fault:
    return lambda request: request.answer(200, body, **headers)


@pytest.mark.parametrize(
    ("faults", "slept"),
    [
        pytest.param([status(500)], [2], id="500"),
        pytest.param([status(502), status(503), status(504)], [2, 4, 8], id="502, 503, 504"),
        pytest.param([status(429, Retry_After="7")], [7], id="429 with seconds"),
        pytest.param([status(503, Retry_After="0")], [0], id="503 with none"),
        pytest.param([status(503, Retry_After="86400")], [300], id="503 with a day"),
        pytest.param([status(503, Retry_After="Thu, 01 Jan 2026 00:00:00 GMT")], [0], id="503 with a past date"),
        pytest.param([status(503, Retry_After="soon")], [2], id="503 with words"),
        pytest.param([hang_up, hang_up], [2, 4], id="hangs up"),
        pytest.param([half], [2], id="half a response"),
        pytest.param([page_of(b'{"statements": [{"id": "1"')], [2], id="half a response of no said length"),
        pytest.param([None, status(500), None, None, half], [2, 2], id="in the middle"),
    ],
)
def test_75_a_store_that_fails_for_a_while_is_waited_for(server, tmp_path, faults, slept):
    server.put(*(statement(number) for number in range(1, 8)))
    server.faults = [None] * 3 + faults if faults[0] else [None, None, *faults]

    found = Pulled(server, tmp_path)

    assert (found.error, found.told) == ("", [])
    assert found.ids == numbers(1, 2, 3, 4, 5, 6, 7)
    assert found.slept == slept
    assert found.cursor == {f"{VERBS}completed": stored(6)}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        pytest.param(status(500), "answers 500", id="500"),
        pytest.param(status(429), "answers 429", id="429"),
        pytest.param(hang_up, "cannot be reached, or breaks off in the middle", id="hangs up"),
        pytest.param(half, "cannot be reached, or breaks off in the middle", id="half a response"),
    ],
)
def test_a_pull_that_breaks_off_keeps_what_came_and_is_taken_up_again(server, tmp_path, fault, words):
    server.put(*(statement(number) for number in range(1, 8)))
    server.faults = [None] * 4 + [fault] * 6

    found = Pulled(server, tmp_path)

    assert found.error == f"lrs: {words}, also at attempt 6. Try again later; what came was added."
    assert found.slept == [2, 4, 8, 16, 32]
    assert found.ids == numbers(1, 2, 3)
    assert found.cursor is None
    again = Pulled(server, tmp_path)
    assert again.report == store.Report(read=7, new=4, already_there=3)
    assert again.ids == numbers(1, 2, 3, 4, 5, 6, 7)


def test_a_store_that_is_not_there_is_told(server, tmp_path):
    server.shutdown()
    server.server_close()

    found = Pulled(server, tmp_path)

    assert found.error == (
        "lrs: cannot be reached, or breaks off in the middle, also at attempt 6. Try again later; what came was added."
    )


# Stores that will not answer


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        pytest.param(
            status(401),
            "does not know the user, or the password is another (401). "
            "Check GREENSUPPLY_LRS_USER and GREENSUPPLY_LRS_PASSWORD.",
            id="74 401",
        ),
        pytest.param(
            status(403),
            "does not let this user read statements (403). Ask whoever runs it for a key with `statements/read`.",
            id="74 403",
        ),
        pytest.param(
            status(404),
            "has no statements at this address (404). Check --endpoint; `/statements` is added to it.",
            id="404",
        ),
        pytest.param(status(400), "refuses the request (400). Ask whoever runs it why.", id="400"),
        pytest.param(
            status(302, Location="https://other.example/login?next=x"),
            "sends on to https://other.example:443 (302). "
            "Name that address as --endpoint if you trust it with the password.",
            id="77 redirect",
        ),
        pytest.param(
            page_of(b"<!DOCTYPE html><title>Sign in</title>", Content_Type="text/html"),
            "answers with a web page, perhaps one to sign in, in place of statements. Check --endpoint.",
            id="76 HTML",
        ),
        pytest.param(
            page_of(b"\x00\xff garbage"),
            "answers with something that is not JSON in place of statements. Check --endpoint.",
            id="garbage",
        ),
        pytest.param(
            page_of(b"[" * 100_000),
            "answers with something that is not JSON in place of statements. Check --endpoint.",
            id="deep JSON",
        ),
        pytest.param(
            page_of(b'{"error": "x"}'),
            "answers with JSON that is no list of statements. Check --endpoint.",
            id="other JSON",
        ),
        pytest.param(
            page_of(b"no gzip at all " * 9, Content_Encoding="gzip"),
            "cannot be asked (ContentDecodingError). Check --endpoint.",
            id="false gzip",
        ),
    ],
)
def test_a_store_that_will_not_answer_is_told_in_words_and_asked_once(server, tmp_path, fault, words):
    server.put(*(statement(number) for number in range(1, 8)))
    server.faults = [None] * 4 + [fault]

    found = Pulled(server, tmp_path)

    assert found.error == f"lrs: {words}"
    assert found.slept == []
    assert found.ids == numbers(1, 2, 3), "what came before is kept"
    assert found.cursor is None


def test_an_endless_answer_is_cut(server, tmp_path, monkeypatch):
    monkeypatch.setattr(lrs, "MAX_BYTES", 100_000)
    server.faults = [page_of(b" " * 300_000)]

    assert Pulled(server, tmp_path).error == (
        "lrs: sends more than 100,000 bytes in one page. Ask whoever runs it for smaller ones."
    )


@pytest.mark.parametrize(
    "more", ["https://evil.example/xapi/statements?", "//evil.example/statements?", "http://127.0.0.1:1/statements?"]
)
def test_77_the_password_goes_to_no_other_server(server, tmp_path, more):
    server.put(*(statement(number) for number in range(1, 8)))
    server.more = more

    found = Pulled(server, tmp_path)

    assert found.error.startswith("lrs: names a next page on another server (")
    assert "evil" in found.error or "127.0.0.1:1)" in found.error
    assert found.ids == numbers(1, 2, 3)


def test_a_damaged_cursor_is_told(server, tmp_path):
    (tmp_path / ".cursor.json").write_text('{"https://x": {"verb": "soon"}}')

    with pytest.raises(GreenSupplyError, match=r"\.cursor\.json:1: is damaged\. Delete it: the next pull then reads"):
        Pulled(server, tmp_path)


# On the terminal


@pytest.fixture
def run(tmp_path, monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    write(tmp_path, project())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", "a key for tests that is long enough")
    monkeypatch.setenv("GREENSUPPLY_LRS_USER", USER)
    monkeypatch.setenv("GREENSUPPLY_LRS_PASSWORD", PASSWORD)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(["records", "pull", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def about_rinsing(number: int, **changes: Any) -> dict[str, Any]:
    return statement(
        number, object={"id": "https://hub.example/modules/rinsing"}, timestamp="2024-03-05T12:00:00Z", **changes
    )


def test_pull_says_what_it_did(server, run):
    server.put(about_rinsing(1), about_rinsing(2), statement(3, object={"id": "https://hub.example/modules/nowhere"}))

    code, out, err = run("--endpoint", f"{server.endpoint}/")

    (file,) = Path("records/set-aside").iterdir()
    assert (code, err) == (0, "")
    assert out.startswith(f"{server.name}: 3 read: 2 new, 1 set aside.\n  {server.name}:3: unknown module `nowhere`.")
    assert out.endswith(f"\n  All that was set aside: {file.as_posix()}\n")
    assert file.name.startswith("pull-127.0.0.1-")
    assert run("--endpoint", server.endpoint, "--since", "2026-11-20")[0] == 0
    assert run("--endpoint", server.endpoint, "--strict")[0] == 1


def test_pull_says_what_it_did_in_the_language_that_is_asked_for(server, run):
    server.headers = {"X_Experience_API_Consistent_Through": stored(1)}
    server.put(about_rinsing(1, context={"registration": "7"}), about_rinsing(2), about_rinsing(3))

    code, out, _ = run("--endpoint", server.endpoint, "--lang", "es")

    (file,) = Path("records/set-aside").iterdir()
    notice = (
        f"tal vez siga recibiendo lo que se guardó después de {stored(1)}; eso se deja para más tarde. "
        "La próxima consulta empieza antes de ese punto; si vuelve a pasar, avise a quien administra el almacén."
    )
    assert code == 0
    assert out == (
        f"{server.name}: 2 leídos: 1 nuevos, 1 apartados.\n"
        f"  {server.name}:1: `context.registration` no es un UUID. Exporte la declaración como la define xAPI.\n"
        f"  Todo lo que se apartó: {file.as_posix()}\n"
        f"  Aviso: {server.name}:2: {notice}\n"
    )


def test_a_pull_that_fails_says_why_in_one_line_after_what_came(server, run, monkeypatch):
    monkeypatch.setenv("GREENSUPPLY_LRS_PASSWORD", "wrong")

    assert run("--endpoint", server.endpoint) == (
        1,
        f"{server.name}: 0 read: 0 new.\n",
        f"{server.name}: does not know the user, or the password is another (401). "
        "Check GREENSUPPLY_LRS_USER and GREENSUPPLY_LRS_PASSWORD.\n",
    )
    assert list(content(Path("records"))) == ["key-fingerprint"]


@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        (
            "http://lrs.example.org/xapi",
            "--endpoint begins with http:, which sends the password in the open. Use its https: address.",
        ),
        (
            "http://127.0.0.1.example.org/xapi",
            "--endpoint begins with http:, which sends the password in the open. Use its https: address.",
        ),
        (
            "https://user:secret@lrs.example.org/xapi",
            "--endpoint holds a user or a password. "
            "Leave them out; set GREENSUPPLY_LRS_USER and GREENSUPPLY_LRS_PASSWORD.",
        ),
        *(
            (wrong, "--endpoint is no address of a record store. Write it as https://lrs.example.org/xapi.")
            for wrong in (
                "lrs.example.org",
                "ftp://lrs.example.org/xapi",
                "https://",
                "https://[x",
                "https://lrs.example.org:99999999/",
                "https://lrs.example.org/xapi?key=1",
                "file:///etc/passwd",
            )
        ),
    ],
)
def test_80_an_address_that_is_none_or_is_not_safe_is_refused(run, endpoint, words):
    assert run("--endpoint", endpoint) == (2, "", f"{words}\n")


def test_without_a_user_and_a_password_nothing_is_asked(server, run, monkeypatch):
    monkeypatch.delenv("GREENSUPPLY_LRS_PASSWORD")

    assert run("--endpoint", server.endpoint) == (
        2,
        "",
        "There is no user or no password for the record store. "
        "Set GREENSUPPLY_LRS_USER and GREENSUPPLY_LRS_PASSWORD.\n",
    )
    assert server.asked == []


@pytest.mark.parametrize("since", ["yesterday", "2026-11-24T12:00:00", "03/04/2026"])
def test_since_without_its_zone_is_refused(server, run, since):
    assert run("--endpoint", server.endpoint, "--since", since) == (
        2,
        "",
        "--since is no time with its zone. Write it as 2026-11-24T00:00:00Z, or as 2026-11-24.\n",
    )

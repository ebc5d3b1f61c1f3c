"""xAPI statements as the hub's pages, learning management systems and record stores write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from greensupply.completion import Completion, Delivery, Void
from record_builders import NOW, SITE, lines, pseudonym, read_file, statement, uuid, verb

EXTENSIONS = f"{SITE}/xapi/"
FILE = "export.jsonl"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / FILE


def context(**changes):
    return {"context": changes}


def extension(**changes):
    return {"context": {"extensions": {f"{EXTENSIONS}{name}": value for name, value in changes.items()}}}


def test_a_learners_statement_becomes_a_record_with_a_pseudonym(file):
    record = read_file(file, json.dumps(statement())).record

    assert record == Completion(
        id=uuid(1),
        learner=pseudonym(f"account:{SITE}|learner-1"),
        supplier="S-0042",
        country="MX",
        module="ems",
        revision=1,
        locale="es",
        delivery=Delivery.WEB,
        session=None,
        instructor=None,
        score=0.9,
        passed=True,
        completed_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
    )


def test_a_statement_that_says_only_what_it_must_is_a_record(file):
    bare = {key: value for key, value in statement().items() if key in ("id", "actor", "verb", "timestamp")}
    bare["object"] = {"id": "https://another.example/es/modules/lean-and-clean/"}
    bare["result"] = {"score": {"scaled": 1}}

    record = read_file(file, json.dumps(bare)).record

    assert (record.module, record.revision, record.score, record.delivery) == ("lean-and-clean", 1, 1.0, Delivery.LMS)
    assert record.supplier is record.country is record.locale is None


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"object": {"id": f"{SITE}/modules/old-ems"}}, "module", "ems"),
        (context(revision=2), "revision", 2),
        (context(language="fr-CA"), "locale", "fr"),
        (context(language="en"), "locale", "en"),
        (extension(country="us"), "country", "US"),
        (extension(supplier="demo-17"), "supplier", "DEMO-17"),
        (extension(delivery="classroom"), "delivery", Delivery.LMS),
        (extension(delivery="lms"), "delivery", Delivery.LMS),
        ({"result": {"score": {"scaled": 0.75}}}, "passed", False),
        ({"result": {"score": {"scaled": 0.1 + 0.7}}}, "passed", True),
        ({"id": uuid(0xABC).upper()}, "id", uuid(0xABC)),
        ({"timestamp": "2026-11-24T06:00:00-06:00"}, "completed_at", datetime(2026, 11, 24, 12, tzinfo=UTC)),
        (
            {"timestamp": "2026-11-24T12:00:59.999999999Z"},
            "completed_at",
            datetime(2026, 11, 24, 12, 0, 59, tzinfo=UTC),
        ),
        ({"timestamp": "2026-11-26T08:59:00Z"}, "completed_at", NOW),
    ],
)
def test_a_field_is_read_as_the_standard_and_the_hub_have_it(file, changes, field, value):
    assert getattr(read_file(file, json.dumps(statement(1, **changes))).record, field) == value


def test_a_time_of_storing_stands_in_for_a_missing_timestamp(file):
    record = read_file(file, json.dumps(statement(1, "timestamp", stored="2026-11-23T12:00:00Z"))).record

    assert record.completed_at == datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ({"scaled": 0.8, "raw": 3, "max": 10}, 0.8),
        ({"raw": 9, "min": 0, "max": 10}, 0.9),
        ({"raw": 9, "max": 10}, 0.9),
        ({"raw": 15, "min": 10, "max": 20}, 0.5),
        ({"scaled": 0}, 0.0),
        ({"scaled": 2 / 3}, 0.666667),
    ],
)
def test_a_score_is_scaled_or_the_share_of_raw_between_min_and_max(file, score, expected):
    made = statement()
    made["result"] = {"score": score}

    assert read_file(file, json.dumps(made)).record.score == expected


@pytest.mark.parametrize(
    ("said", "identity"),
    [
        ({"mbox": "mailto:Ana@Plant.example"}, "mailto:ana@plant.example"),
        ({"mbox_sha1sum": "AB" * 20}, f"mbox_sha1sum:{'ab' * 20}"),
        ({"openid": "https://id.example/ana"}, "openid:https://id.example/ana"),
        ({"account": {"homePage": "https://lms.example", "name": "4711"}}, "account:https://lms.example|4711"),
    ],
)
def test_each_kind_of_actor_has_a_pseudonym_of_its_own(file, said, identity):
    made = {**statement(), "actor": said}

    assert read_file(file, json.dumps(made)).record.learner == pseudonym(identity)


def test_a_learning_systems_own_object_counts_for_the_module_that_groups_it(file):
    grouping = [{"id": "https://lms.example/courses/7"}, {"id": f"{SITE}/modules/lean-and-clean"}]
    in_list = statement(
        1,
        object={"id": "https://lms.example/courses/7/modules/123"},
        context={"contextActivities": {"grouping": grouping}},
    )
    alone = statement(
        2, object={"id": "urn:uuid:1"}, context={"contextActivities": {"grouping": {"id": f"{SITE}/modules/ems"}}}
    )

    assert [record.module for record in read_file(file, lines(in_list, alone)).records] == ["lean-and-clean", "ems"]


def test_a_voided_statement_takes_a_record_back_whichever_comes_first(file):
    void = statement(2, verb=verb("voided"))
    void["object"] = {"objectType": "StatementRef", "id": uuid(0xABC).upper()}

    assert read_file(file, lines(void, statement())).readings[0] == Void(uuid(0xABC))


def test_statements_with_other_verbs_are_counted_and_left_out(file):
    others = [statement(number, verb=verb(name)) for number, name in enumerate(("answered", "initialized"), 2)]

    result = read_file(file, lines(others[0], statement(), others[1]))

    assert result.record.id == uuid(1)
    assert result.notices == [
        f"{FILE}:1: 2 statements with other verbs left out. Only `completed`, `passed` and `failed` make records."
    ]


LMS = {"registration": uuid(0xF), "extensions": {f"{EXTENSIONS}delivery": "lms"}}


def unscored(number: int, **changes):
    made = statement(number, context=LMS, **changes)
    return {**made, "result": {"completion": True}}


def scored(number: int, name: str, score: float = 0.9):
    result = {"success": score >= 0.8, "score": {"scaled": score}}
    return statement(number, verb=verb(name), result=result, context=LMS)


@pytest.mark.parametrize("name", ["passed", "failed"])
@pytest.mark.parametrize("scored_first", [True, False])
def test_completed_and_a_verdict_of_one_registration_are_one_record_the_one_with_the_score(file, name, scored_first):
    pair = [scored(2, name, 0.5 if name == "failed" else 0.9), unscored(1)]

    result = read_file(file, lines(*(pair if scored_first else reversed(pair))))

    assert result.record.id == uuid(2)
    assert result.record.passed is (name == "passed")
    assert result.notices == [
        f"{FILE}:1: 1 statement told once already, with a score, under the same registration. Together they are one record."
    ]


def test_completed_and_passed_that_both_have_a_score_are_one_record(file):
    result = read_file(file, lines(scored(1, "completed"), scored(2, "passed")))

    assert result.record.id == uuid(1)


def test_the_hubs_own_pages_tell_an_ending_once_so_each_of_their_statements_is_a_record(file):
    same = context(registration=uuid(0xF))

    result = read_file(file, lines(statement(1, **same), statement(2, verb=verb("passed"), **same)))

    assert [record.id for record in result.records] == [uuid(1), uuid(2)]


def test_a_registration_of_several_modules_has_a_record_for_each(file):
    other = {"object": {"id": f"{SITE}/modules/lean-and-clean"}}
    passed = [scored(1, "passed"), {**scored(2, "passed"), **other}]
    completed = [unscored(3), unscored(4, **other)]

    assert [record.id for record in read_file(file, lines(*passed, *completed)).records] == [uuid(1), uuid(2)]


def test_failing_and_passing_later_are_two_records(file):
    result = read_file(file, lines(scored(1, "failed", 0.5), unscored(2), scored(3, "passed")))

    assert [(record.id, record.passed) for record in result.records] == [(uuid(1), False), (uuid(3), True)]


def test_a_refused_half_does_not_take_the_good_half_with_it(file):
    bad = {**scored(1, "passed"), "actor": {}}

    result = read_file(file, lines(bad, scored(2, "completed")))

    assert [record.id for record in result.records] == [uuid(2)]
    assert result.set_aside == [f"{FILE}:1: `actor` is missing. Export the statement with its actor."]


def test_an_ending_whose_score_never_comes_is_set_aside_at_its_line(file):
    result = read_file(file, lines(statement(1), unscored(2), {**unscored(3), "context": {}}))

    problem = (
        "has no score, and no other statement of its registration in this file has one. "
        "Export the `passed` and `failed` statements too."
    )
    assert sorted(result.set_aside) == [f"{FILE}:2: {problem}", f"{FILE}:3: {problem}"]
    assert len(result.records) == 1


def test_the_hubs_pass_mark_decides_and_a_statement_that_says_otherwise_is_noticed(file):
    result = read_file(file, json.dumps(statement(1, result={"success": True, "score": {"scaled": 0.6}})))

    assert result.record.passed is False
    assert result.notices == [
        f"{FILE}:1: 1 statement with a `success` that is not the hub's pass mark's. The hub's pass mark was used."
    ]


def test_a_language_that_the_hub_does_not_teach_in_is_left_open(file):
    result = read_file(file, json.dumps(statement(1, context={"language": "pt-BR"})))

    assert result.record.locale is None
    assert result.notices == [
        f"{FILE}:1: 1 statement in a language that the hub does not teach in. Their records have no language."
    ]


MODULES = "Modules are: ems, lean-and-clean."
ALIASES = "A module with a new id is named in records/aliases.yml."
ZONE = "End it with Z for UTC, or with the zone, such as -06:00."
XAPI = "Export the statement as xAPI has it."
CODE = "Write letters, digits and . _ / - without spaces, at most 64, such as S-0042."
REFUSED = {
    "no verb": ({"verb": {"id": 5}}, f"has no `verb`, so it is not a statement. {XAPI}"),
    "no id": ({"id": ""}, "has no `id`. Export it with its id, without which it could be counted twice."),
    "a path for an id": (
        {"id": "../../records/.key"},
        "`id` is not a UUID. Export it with its id, without which it could be counted twice.",
    ),
    "42 unknown module": (
        {"object": {"id": f"{SITE}/modules/biodiversity"}},
        f"unknown module `biodiversity`. {MODULES} {ALIASES}",
    ),
    "42 misspelt module": (
        {"object": {"id": f"{SITE}/modules/lean-an-clean"}},
        f"unknown module `lean-an-clean`. Did you mean `lean-and-clean`? {ALIASES}",
    ),
    "a path for a module": (
        {"object": {"id": "modules/ems"}},
        "`object.id` names no module. It is `https://<site>/modules/<id of the module>`.",
    ),
    "no object": ({"object": "ems"}, f"`object` is not a map. {XAPI}"),
    "about a person": ({"object": {"objectType": "Agent"}}, f"`object` is not an activity. {XAPI}"),
    "revision to come": (
        context(revision="3"),
        "revision 3 does not exist yet: the module's current one is 2. Write 1 to 2, or update the hub first.",
    ),
    "revision in words": (
        context(revision="first"),
        "the revision is not a whole number from 1. Write 1 to 2, or leave it out.",
    ),
    "wrong country": (
        extension(country="BR"),
        "the country is not one of the programme's. Write CA, MX or US.",
    ),
    "country as number": (extension(country=484), f"the extension `country` is not text. {XAPI}"),
    "supplier as free text": (extension(supplier="Metales Ana"), f"the supplier is not a code. {CODE}"),
    "43 no zone": (
        {"timestamp": "2026-11-24T12:00:00"},
        f"the date `2026-11-24T12:00:00` has no time zone. {ZONE}",
    ),
    "43 unknown zone": (
        {"timestamp": "2026-11-24T12:00:00-00:00"},
        f"the date `2026-11-24T12:00:00-00:00` ends in -00:00: its time zone is not known. {ZONE}",
    ),
    "43 30 February": (
        {"timestamp": "2026-02-30T12:00:00Z"},
        "the date `2026-02-30T12:00:00Z` does not exist. Correct the day, the time or the zone.",
    ),
    "43 a day alone": (
        {"timestamp": "2026-11-24"},
        "the date `2026-11-24` has no day and time. Write it as 2026-11-24T12:00:00Z.",
    ),
    "44 tomorrow and more": (
        {"timestamp": "2026-11-26T09:00:01Z"},
        "the date 2026-11-26 is more than 24 hours ahead. Correct the date, or add the record when the day has come.",
    ),
    "45 1969": (
        {"timestamp": "1969-12-31T23:59:59Z"},
        "the date 1969-12-31 is before 2000. Correct the date; a device's clock may have been wrong.",
    ),
    "45 1900": (
        {"timestamp": "1900-01-01T00:00:00Z"},
        "the date 1900-01-01 is before 2000. Correct the date; a device's clock may have been wrong.",
    ),
    "45 year 1": (
        {"timestamp": "0001-01-01T00:00:00+14:00"},
        "the date `0001-01-01T00:00:00+14:00` does not exist. Correct the day, the time or the zone.",
    ),
    "47 null": (context(language=None), "`language` is null. Leave out what is not known; xAPI has no null."),
    "47 null deep inside": (
        {"result": {"response": [1, {"x": None}]}},
        "`x` is null. Leave out what is not known; xAPI has no null.",
    ),
    "48 above 1": ({"result": {"score": {"scaled": 1.01}}}, "the score `1.01` is above 1. Correct it."),
    "score of 140": ({"result": {"score": {"scaled": 140}}}, "the score `140` is above 1. Correct it."),
    "score of -1": ({"result": {"score": {"scaled": -1}}}, "the score `-1` is below 0. Correct it."),
    "score in quotes": (
        {"result": {"score": {"scaled": "0.9"}}},
        "`score.scaled` is not a number. Write it as 0.85, without quotes.",
    ),
    "score as true": (
        {"result": {"score": {"scaled": True}}},
        "`score.scaled` is not a number. Write it as 0.85, without quotes.",
    ),
    "completed, and not": (
        {"result": {"completion": False}},
        "says `completed`, and `result.completion` that it is not. Correct one of the two.",
    ),
    "registration not a UUID": (context(registration="7"), f"`context.registration` is not a UUID. {XAPI}"),
    "context as list": ({"context": [1]}, f"`context` is not a map. {XAPI}"),
    "voids nothing": (
        {"verb": verb("voided")},
        f"says `voided`, but its `object` is not a `StatementRef`. {XAPI}",
    ),
}


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_statement_is_set_aside_with_its_reason_and_the_others_are_taken(file, changes, message):
    result = read_file(file, lines(statement(2), statement(1, **changes), statement(3)))

    assert result.set_aside == [f"{FILE}:2: {message}"]
    assert [record.id for record in result.records] == [uuid(2), uuid(3)]


SCORES = {
    "48 1e999": ('{"scaled": 1e999}', "the score `inf` is not a number. Write it as 85% or 0.85."),
    "48 NaN": ('{"scaled": NaN}', "holds NaN, which is not JSON. Write a number, or leave it out."),
    "48 Infinity": ('{"scaled": -Infinity}', "holds -Infinity, which is not JSON. Write a number, or leave it out."),
    "5,000 digits": (f'{{"raw": {"9" * 5_000}}}', "holds a whole number of more than 18 digits. Correct it."),
    "raw without max": ('{"raw": 9}', "the score has `raw`, but no `max`. Export it with `scaled`, or with `max`."),
    "max below min": ('{"raw": 9, "min": 10, "max": 10}', "the score's `max` is not above its `min`. Correct them."),
    "raw above max": ('{"raw": 14, "max": 10}', "the score `14` of `10` is above 1. Correct it."),
    "a number": ("0.9", f"`score` is not a map. {XAPI}"),
}


@pytest.mark.parametrize(("score", "message"), SCORES.values(), ids=SCORES)
def test_a_score_that_is_none_costs_its_statement_alone(file, score, message):
    bad = json.dumps({**statement(1), "result": {"score": "HERE"}}).replace('"HERE"', score)

    result = read_file(file, lines(statement(2), bad, statement(3)))

    assert result.set_aside == [f"{FILE}:2: {message}"]
    assert [record.id for record in result.records] == [uuid(2), uuid(3)]


ACTORS = {
    "none": ({}, "`actor` is missing. Export the statement with its actor."),
    "not a map": ("Ana", "`actor` is missing. Export the statement with its actor."),
    "a group": (
        {"objectType": "Group", "mbox": "mailto:all@plant.example"},
        "`actor` is a group. Export one statement a person.",
    ),
    "a name alone": (
        {"name": "Ana"},
        "`actor` does not say who it is. Export it with `account`, `mbox`, `mbox_sha1sum` or `openid`.",
    ),
    "an address without mailto": (
        {"mbox": "ana@plant.example"},
        "`actor.mbox` is not an address. Write `mailto:` and one address.",
    ),
    "no address": (
        {"mbox": "mailto:ana"},
        "the e-mail is not one address. Correct it, or leave it empty and give an employee number.",
    ),
    "a short hash": ({"mbox_sha1sum": "ab"}, "`actor.mbox_sha1sum` is not a SHA-1. Write 40 hexadecimal digits."),
    "an account without name": (
        {"account": {"homePage": "https://lms.example"}},
        "`actor.account` lacks its `homePage` or its `name`. Export the statement with both.",
    ),
    "an empty openid": ({"openid": " "}, "`actor.openid` is empty. Export the statement with its actor."),
}


@pytest.mark.parametrize(("actor", "message"), ACTORS.values(), ids=ACTORS)
def test_a_statement_of_nobody_is_set_aside_without_saying_who(file, actor, message):
    result = read_file(file, lines({**statement(), "actor": actor}))

    assert result.set_aside == [f"{FILE}:1: {message}"]


def test_a_set_aside_statement_keeps_its_id(file):
    result = read_file(file, lines(statement(1, timestamp="never")))

    assert [one.id for one in result.readings] == [uuid(1)]


def test_nulls_in_extensions_are_no_concern_of_the_standards(file):
    made = statement(1, context={"extensions": {"https://lms.example/x": None}})

    assert read_file(file, json.dumps(made)).record.id == uuid(1)

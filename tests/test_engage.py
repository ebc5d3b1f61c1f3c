"""A customer invites its suppliers, and companies are recognized: only with consent, and without a figure beside a name."""

from __future__ import annotations

import logging
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from builders import ROOT
from greensupply import engage, handouts, invitations, library, recognition, rules
from greensupply.addresses import Site
from greensupply.cli import main
from greensupply.engage import invite, listed
from greensupply.errors import GreenSupplyError
from greensupply.invitations.figures import figures
from greensupply.locales import LOCALES
from greensupply.published import PublicReach, PublicTally
from greensupply.published_outcomes import PublicOutcomes, PublicStages
from greensupply.recognition import COLUMNS, CRITERIA, Consent, Recognised
from public_builders import lifelike, make_public
from pypdf import PdfReader
from test_house import HOOKS, imports

SITE = Site(True, "https://hub.example/")
HEAD = ",".join(COLUMNS)
GOOD = "Rinsado Fino,MX,MX-QUE,learning,2025-09-12,plant manager,2026-01-15,2028-01-14,"


def make_company(**changes: object) -> Recognised:
    """The smallest company that may be named in 2026."""
    consent = Consent("owner", date(2026, 1, 15), date(2028, 1, 14))
    values = {"name": "Rinsado Fino", "country": "MX", "region": "", "earned": ("learning",), "consent": consent}
    return Recognised(**{"since": date(2025, 9, 12), **values, **changes})  # type: ignore[arg-type]


def consent(on: str = "2026-01-15", until: str = "2028-01-14", withdrawn: str = "") -> Consent:
    """A consent by its days."""
    day = date.fromisoformat
    return Consent("owner", day(on), day(until), day(withdrawn) if withdrawn else None)


def read(tmp_path: Path, text: str) -> tuple[Recognised, ...]:
    """The companies of a list with this text."""
    file = tmp_path / recognition.FILE
    file.write_text(text, encoding="utf-8")
    return recognition.read(file)


def wrong(tmp_path: Path, text: str) -> list[str]:
    """What is told of a list with this text, without its path."""
    with pytest.raises(GreenSupplyError) as caught:
        read(tmp_path, text)
    for problem in caught.value.problems:
        assert all(all(rules.said(problem, locale)) for locale in LOCALES)
    return [f"{problem.line}: {problem.rule}" for problem in caught.value.problems]


@pytest.fixture(scope="module")
def hub():
    return library.read(ROOT / "modules", ROOT / "content").without_drafts()


# The list


def test_a_company_is_read_as_it_wants_to_be_named(tmp_path):
    assert read(tmp_path, f"{HEAD}\n{GOOD}\n") == (
        make_company(region="MX-QUE", consent=Consent("plant manager", date(2026, 1, 15), date(2028, 1, 14))),
    )


def test_without_a_file_nobody_is_named(tmp_path):
    assert recognition.read(tmp_path / "none.csv") == ()


def test_a_list_saved_by_a_spreadsheet_in_spanish_or_french_is_read(tmp_path):
    assert len(read(tmp_path, f"\ufeff{HEAD};entry\r\n{GOOD};DEMO\r\n".replace(",", ";"))) == 1


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (consent(), True),
        (consent(on="2026-11-26", until="2026-11-26"), True),
        (consent(until="2026-11-25"), False),
        (consent(on="2026-11-27"), False),
        (consent(withdrawn="2026-11-26"), False),
        (consent(withdrawn="2027-05-01"), False),
    ],
    ids=["valid", "first-and-last-day", "expired", "not-yet", "withdrawn", "withdrawn-in-the-future"],
)
def test_a_company_is_named_only_while_its_consent_holds(given, named):
    assert bool(recognition.shown([make_company(consent=given)], date(2026, 11, 26))) == named


def test_nobody_is_named_before_the_recognition():
    assert recognition.shown([make_company(since=date(2026, 12, 1))], date(2026, 11, 26)) == ()


def test_every_problem_of_the_list_is_told_at_its_line(tmp_path):
    lines = [
        HEAD,
        ",MX,,learning,2025-09-12,owner,2026-01-15,2028-01-14,",
        "A\u202eB,MX,,learning,2025-09-12,owner,2026-01-15,2028-01-14,",
        "B,BR,,learning,2025-09-12,owner,2026-01-15,2028-01-14,",
        "C,MX,CA-ON,learning,2025-09-12,owner,2026-01-15,2028-01-14,",
        "D,MX,,,2025-09-12,owner,2026-01-15,2028-01-14,",
        "E,MX,,learnt,2025-09-12,owner,2026-01-15,2028-01-14,",
        "F,MX,,learning,12/09/2025,owner,2026-02-30,2028-01-14,",
        "G,MX,,learning,2025-09-12,,,,",
        "H,MX,,learning,2025-09-12,ana@example.org,2026-01-15,2028-01-14,",
        "I,MX,,learning,2025-09-12,owner,2026-01-15,2026-01-14,2025-12-01",
        "J,MX,,learning,2025-09-12,owner,2026-01-15,2029-01-16,",
        "K,MX,,learning,2025-09-12,owner,2026-01-15,2028-01-14",
        GOOD,
        GOOD.replace("Rinsado Fino", "RINSADO  fino"),
    ]
    assert wrong(tmp_path, "\n".join(lines)) == [
        "2: recognition-company",
        "3: recognition-company",
        "4: recognition-country",
        "5: recognition-region",
        "6: recognition-for-missing",
        "7: recognition-for",
        "8: recognition-day",
        "8: recognition-day",
        "9: recognition-consent-by",
        "9: recognition-day-missing",
        "9: recognition-day-missing",
        "10: recognition-consent-by",
        "11: recognition-days-order",
        "11: recognition-days-order",
        "12: recognition-consent-long",
        "13: recognition-cells",
        "15: recognition-twice",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["1: recognition-no-header"]),
        (f"{GOOD}\n", ["1: recognition-no-header"]),
        (f"{HEAD.replace(',withdrawn_on', '')}\n", ["1: recognition-column-missing"]),
        (f"{HEAD},withdrawn\n", ["1: recognition-column-unknown"]),
        (f"{HEAD},company\n", ["1: recognition-column-twice"]),
        (f'{HEAD}\n"Rinsado,MX\n', ["2: recognition-quote"]),
        (f"{HEAD},entry\n{GOOD},old\n", ["2: recognition-entry"]),
    ],
    ids=["empty", "no-header", "missing", "unknown", "twice", "quote", "entry"],
)
def test_a_list_that_could_be_misread_is_refused(tmp_path, text, told):
    assert wrong(tmp_path, text) == told


def test_a_message_says_what_to_write_instead(tmp_path):
    with pytest.raises(GreenSupplyError) as caught:
        read(tmp_path, f"{HEAD}\n{GOOD.replace('learning', 'lerning')}\n")

    assert str(caught.value).endswith(
        "recognition.csv:2: has `lerning`, which is no criterion. Write one or more of these, with spaces between them: "
        "learning, assessment, result, invitation."
    )


# The page of recognized companies


@pytest.mark.parametrize("locale", LOCALES)
def test_an_empty_list_says_so_and_the_criteria_are_there(locale):
    page = listed.text((), locale, SITE)

    assert engage.words(locale)["recognition"]["empty"] in page
    assert "gs-demonstration" not in page
    assert re.findall(r'<h3 id="(\w+)">', page) == list(CRITERIA)


def test_a_name_is_text_whatever_it_holds():
    page = listed.text((make_company(name='<script>alert(1)</script> & "Co"'),), "en", SITE)

    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_beside_a_name_stands_no_figure_but_a_year():
    page = listed.text((make_company(region="MX-QUE", earned=tuple(CRITERIA)),), "en", SITE)
    line = next(line for line in page.splitlines() if "Rinsado Fino" in line)

    assert re.findall(r"\d+", line) == ["2025"]
    assert "owner" not in page


def test_an_invented_company_is_marked_and_the_page_says_so():
    page = listed.text((make_company(demonstration=True), make_company(name="Real")), "fr", SITE)

    assert page.count("gs-invented") == 1
    assert 'class="gs-demonstration" role="note"' in page


def test_names_and_protected_counts_never_meet():
    """What names companies knows no count; what counts and what shows counts knows no list of companies."""
    named = {"recognition", "engage"}
    counting = (
        "counts",
        "tally",
        "published",
        "disclosure",
        "outcome",
        "store",
        "records",
        "results_page",
        "monitoring",
    )
    touching = [
        place
        for room, module, place in imports()
        if module.startswith("greensupply.")
        and (
            (room in named and module.split(".")[1].startswith(counting))
            or (room.startswith((*counting, "tally_plugin")) and module.split(".")[1] == "recognition")
        )
    ]

    assert touching == []
    assert (HOOKS / "recognition").is_dir()


def test_consent_that_ends_takes_the_name_off_the_site_at_the_next_build(build_site, monkeypatch):
    files = {"records/recognition.csv": f"{HEAD}\n{GOOD}\n"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 2027-01-15
    before = build_site(files)

    assert "Rinsado Fino" in before.html("es/recognition")
    assert 'href="../invite-suppliers/"' in before.html("es/recognition")

    after = build_site({"records/recognition.csv": f"{HEAD}\n{GOOD}2027-01-10\n"})
    assert not any("Rinsado Fino" in file.read_text("utf-8", "ignore") for file in after.folder.rglob("*.*"))
    assert engage.words("es")["recognition"]["empty"] in after.html("es/recognition")


@pytest.mark.parametrize("processes", ["", "1"])
def test_how_many_consents_do_not_hold_is_said_once_however_many_languages_there_are(
    build_site, monkeypatch, caplog, processes
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    monkeypatch.setenv("GREENSUPPLY_ONE_PROCESS", processes)
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        build_site({"records/recognition.csv": f"{HEAD}\n{GOOD}2027-01-10\n"})

    said = "recognition.csv: companies without a consent that holds today: 1."
    assert [text for text in caplog.messages if text.startswith("recognition.csv")] == [said]


def test_a_broken_list_stops_the_build_with_its_line(build_site):
    with pytest.raises(AssertionError, match=r"records/recognition\.csv:2: has `XX` for a country\. Write one of"):
        build_site({"records/recognition.csv": f"{HEAD}\n{GOOD.replace('MX,MX-QUE', 'XX,')}\n"})


def test_the_demonstration_list_shows_marked_companies_and_hides_two(hub):
    companies = recognition.read(ROOT / "records" / recognition.FILE)

    assert all(each.demonstration for each in companies)
    assert len(companies) - len(recognition.shown(companies, date(2026, 11, 26))) == 2


# The page for customers, and the kit


def keys(value: object, path: str = "") -> set[str]:
    """Every place of a tree of words, with the placeholders in it."""
    if isinstance(value, dict):
        return {found for name, each in value.items() for found in keys(each, f"{path}.{name}")}
    if isinstance(value, list):
        return {found for place, each in enumerate(value) for found in keys(each, f"{path}.{place}")}
    return {f"{path} {sorted(re.findall(r'{[a-z]+}', str(value)))} {str(value).count('[')}"}


def test_the_words_are_the_same_in_every_language():
    assert keys(engage.words("es")) == keys(engage.words("en")) == keys(engage.words("fr"))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_has_letter_questions_pathways_and_its_sources(hub, locale):
    page = invite.text(hub, locale, SITE)

    assert "{{" not in page
    assert "{" not in re.sub(r"(?s)^---.*?---", "", page)
    assert page.count('class="gs-letter"') == 1
    assert [f"../pathways/{chosen.id}/" in page for chosen in hub.pathways] == [True] * len(hub.pathways)
    assert all(fact in page for fact in invite.FACTS)


@pytest.mark.parametrize("locale", LOCALES)
def test_letter_and_flyer_promise_the_same(locale):
    """No price demands, confidential findings, no reprisal: five promises in the letter, four on the flyer."""
    say = engage.words(locale)

    assert len(say["letter"]["promises"]) == 5
    assert len(say["flyer"]["promises"]) == 4


def all_published() -> tuple[PublicTally, PublicOutcomes]:
    """Something to show in every tile, of two days."""
    stages = PublicStages(1200, 800, 500, 400, 200, 100, 60)
    return lifelike(), PublicOutcomes(date(2026, 9, 30), True, {("", "2026-Q3"): stages})


@pytest.mark.parametrize("paper", handouts.PAPERS)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_flyer_fits_one_page_with_the_longest_name_and_every_figure(hub, locale, paper):
    options = invitations.Options(locale, "W" * 39 + " " + "W" * 40, SITE, date(2026, 11, 26))
    document = invitations.document("flyer", hub, *all_published(), options, paper)
    printed = handouts.print_document(document)
    said = " ".join(PdfReader(BytesIO(printed.data)).pages[0].extract_text().split())

    assert printed.pages == 1
    assert len(figures(*all_published(), locale).tiles) == 6
    assert engage.words(locale)["flyer"]["demonstration"] in said.replace("\u00a0", " ") or locale == "fr"
    assert "https://hub.example/" in said


@pytest.mark.parametrize("kind", ["letter", "questions"])
@pytest.mark.parametrize("locale", LOCALES)
def test_letter_and_questions_fit_one_page_each(hub, locale, kind):
    options = invitations.Options(locale, "Ejemplo Automotriz", SITE)
    document = invitations.document(kind, hub, PublicTally(), PublicOutcomes(), options, "letter")

    assert handouts.print_document(document).pages == 1


def test_a_withheld_figure_is_left_out_with_its_words():
    reach = {("", "2026-Q3"): PublicReach(scope=100, trained=None)}
    stages = {("", "2026-Q3"): PublicStages(scope=100, assessed=20, acting=None, verified=None)}
    shown = figures(make_public(reach=reach), PublicOutcomes(date(2026, 9, 30), False, stages), "en")

    assert [f"{tile.value} {tile.label}" for tile in shown.tiles] == [
        "40 people trained",
        "60 modules completed",
        "20% of the plants have been assessed",
    ]
    assert shown.as_of.startswith("As of October 31, 2026 (training) and September 30, 2026 (assessments).")
    assert not shown.demonstration


def test_without_figures_the_flyer_says_so(hub):
    document = invitations.document(
        "flyer", hub, PublicTally(), PublicOutcomes(), invitations.Options("es", site=SITE), "letter"
    )

    assert engage.words("es")["flyer"]["figures_none"] in document
    assert "gs-tiles" not in document
    assert '<span class="blank">' in document


def test_the_name_of_a_customer_is_text(hub):
    options = invitations.Options("en", "<b>Cars & Co</b> {x}", SITE)
    for kind in invitations.KINDS:
        document = invitations.document(kind, hub, PublicTally(), PublicOutcomes(), options, "a4")
        assert "&lt;b&gt;Cars &amp; Co&lt;/b&gt; {x}" in document


def test_the_command_writes_the_kit(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    out = tmp_path / "kit"

    assert main(["invitation", "--lang", "fr", "--out", str(out), "--html", "--records", str(tmp_path)]) == 0
    assert sorted(file.name for file in out.iterdir()) == sorted(
        [f"invitation-{kind}-fr-{paper}.html" for kind in invitations.KINDS for paper in handouts.PAPERS]
        + ["invitation-letter-fr.html"]
    )
    assert "--site-url" in capsys.readouterr().err


@pytest.mark.parametrize("lang", LOCALES)
def test_what_the_command_cannot_use_is_told_in_the_language(tmp_path, capsys, monkeypatch, lang):
    monkeypatch.chdir(ROOT)
    (tmp_path / "published.json").write_text("[]", encoding="utf-8")
    common = ["invitation", "--lang", lang, "--out", str(tmp_path / "kit"), "--html"]

    assert main([*common, "--customer", "x" * 81]) == 2
    assert "80" in capsys.readouterr().err
    assert main([*common, "--records", str(tmp_path)]) == 2
    assert "published.json" in capsys.readouterr().err
    assert not (tmp_path / "kit").exists()

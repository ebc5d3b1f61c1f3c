"""Which sections of a translation say what the source says today: marks, comparison, commands and pages."""

import json
import subprocess

import pytest
from builders import CHOICE, FACTS, module, project, write
from greensupply import freshness, library, lint, stamps
from greensupply.cli import history, main
from greensupply.errors import GreenSupplyError
from greensupply.freshness import State

EN, ES, FR = (f"modules/rinsing/{locale}.md" for locale in ("en", "es", "fr"))
HEAD = "---\ntitle: {title}\nsummary: A text.\nobjectives:\n- Choose a rinse.\n{more}---\n"
BODY = "## First\n\nOne.\n\n### Inside\n\nTwo.\n\n{question}\n## Last\n\nThree.\n"
SOURCE = HEAD.format(title="Rinsing", more="") + BODY.format(question=CHOICE)
SPANISH = (
    HEAD.format(title="Enjuague", more="")
    + "## Primera\n\nUno.\n\n### Dentro\n\nDos.\n\n"
    + CHOICE
    + "\n## Última\n\nTres.\n"
)
KEYS = [".head", "first", "inside", "last"]


def text(raw: str, locale: str = "en") -> freshness.Text:
    return freshness.read(raw, f"modules/rinsing/{locale}.md", locale)


def marked(source: str = SOURCE, translation: str = SPANISH) -> str:
    """The translation, stamped as rendering the source."""
    return stamps.stamped(translation, ES, stamps.marks(text(source), text(translation, "es")))


def states(source: str, translation: str) -> dict[str, str]:
    return {s.source.key: s.state.value for s in freshness.compare(text(source), text(translation, "es")).standings}


def fresh_but(**others: str) -> dict[str, str]:
    return {**dict.fromkeys(KEYS, "fresh"), **{name.replace("head", ".head"): state for name, state in others.items()}}


# Sections


def test_a_section_is_what_stands_from_heading_to_heading_with_its_boxes_and_questions():
    box = "/// note\n## Not a section\n\nText.\n///\n"
    fence = "```\n## Nor this\n```\n"
    raw = HEAD.format(title="Rinsing", more="") + "Opening.\n\n" + box + BODY.format(question=CHOICE + fence)

    found = freshness.sections(text(raw))

    assert [(one.key, one.heading, one.level, one.parts) for one in found] == [
        (".head", "", 0, ()),
        (".opening", "", 0, ("note",)),
        ("first", "First", 2, ()),
        ("inside", "Inside", 3, ("question at-the-source",)),
        ("last", "Last", 2, ()),
    ]
    lines = raw.split("\n")
    assert [lines[one.line - 1] for one in found] == ["title: Rinsing", "Opening.", "## First", "### Inside", "## Last"]


def test_headings_of_the_same_words_have_different_keys_also_where_one_stands_in_a_box():
    raw = HEAD.format(title="R", more="") + "## Cost\n\nA.\n\n/// note\n## Cost\n///\n\n## Cost\n\nB.\n"

    assert [one.key for one in freshness.sections(text(raw))] == [".head", "cost", "cost_2"]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("One.", "One.\n", set()),
        ("One.", "  One.", set()),
        ("Less water and less drag-out.", "Less water\n      and less drag-out.", set()),
        ("One.", "Uno.", {"first"}),
        ("### Inside", "## Inside", {"inside"}),
        ("Two.", "Two, *not* three.", {"inside"}),
        ("- [x] Counterflow", "- [x] A counterflow", {"inside"}),
        ("It treats waste", "It only treats waste", {"inside"}),
        ("Look at the order", "Look again at the order", {"inside"}),
        ("title: Rinsing", "title: Rinsing well", {".head"}),
        ("- Choose a rinse.", "- Choose a good rinse.", {".head"}),
        ("summary: A text.", "summary:   A text.  # said in short", set()),
    ],
)
def test_only_the_section_whose_words_changed_has_another_fingerprint(old, new, changed):
    assert old in SOURCE
    before, after = (
        {one.key: one.fingerprint for one in freshness.sections(text(raw))}
        for raw in (SOURCE, SOURCE.replace(old, new))
    )

    assert {key for key in before if before[key] != after[key]} == changed


def test_fingerprints_stay_what_they_are_when_the_code_changes():
    """Other ones would make every translation stale."""
    numeric = (
        "/// question | How much?\n    id: how-much\n    type: numeric\n    answer: 12.5\n    tolerance: 2%\n    unit: L\n\n"
        "- [ ] 14.4\n    - Too much.\n\n//// feedback\nIt is.\n////\n///\n"
    )
    pairs = "/// question | Match\n    id: match\n    type: matching\n\nA\n:   B\n\nC\n:   D\n\nE\n:   F\n\n//// feedback\nSo.\n////\n///\n"
    order = (
        "/// question | Order\n    id: order\n    type: ordering\n\n1. A\n2. B\n3. C\n\n//// feedback\nSo.\n////\n///\n"
    )
    box = "/// worksheet | Yours\n    calculator: stream-map\n\nText.\n///\n"
    raw = HEAD.format(title="R", more="") + "".join(
        f"## S{n}\n\n{part}\n" for n, part in enumerate((CHOICE, numeric, pairs, order, box))
    )

    assert [one.fingerprint for one in freshness.sections(text(raw))] == [
        "775130f41e",
        "69589468dd",
        "6dea94e0b8",
        "da83693b7f",
        "e780cdd25a",
        "02b23ac60b",
    ]


# Comparison


def test_a_translation_just_stamped_is_fresh():
    assert states(SOURCE, marked()) == fresh_but()
    assert freshness.compare(text(SOURCE), text(marked(), "es")).state is State.FRESH


def test_a_translation_that_was_never_stamped_is_unstamped_not_stale():
    assert states(SOURCE, SPANISH) == dict.fromkeys(KEYS, "unstamped")
    assert freshness.compare(text(SOURCE), text(SPANISH, "es")).state is State.UNSTAMPED


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Two.", "Two and a half.", fresh_but(inside="stale")),
        ("title: Rinsing", "title: Rinses", fresh_but(head="stale")),
        (
            "### Inside",
            "### Within",
            {".head": "fresh", "first": "fresh", "within": "stale", "last": "fresh"},
        ),
        (
            "## Last",
            "## New\n\nMore.\n\n## Last",
            {".head": "fresh", "first": "fresh", "inside": "fresh", "new": "missing", "last": "fresh"},
        ),
        ("## Last\n\nThree.\n", "", {".head": "fresh", "first": "fresh", "inside": "fresh"}),
    ],
    ids=["reworded", "front matter", "heading reworded", "added", "deleted"],
)
def test_a_change_of_the_source_shows_in_its_section_only(old, new, expected):
    assert old in SOURCE

    assert states(SOURCE.replace(old, new), marked()) == expected


def test_a_section_that_the_source_deleted_is_named_and_makes_the_translation_stale():
    found = freshness.compare(text(SOURCE.replace("## Last\n\nThree.\n", "")), text(marked(), "es"))

    assert [one.heading for one in found.gone] == ["Última"]
    assert found.state is State.STALE


def test_a_section_that_moved_is_stale_although_its_words_are_the_same():
    moved = SOURCE.replace("## Last\n\nThree.\n", "").replace("## First", "## Last\n\nThree.\n\n## First")

    found = freshness.compare(text(moved), text(marked(), "es"))

    assert [(one.source.key, one.translated.heading) for one in found.of(State.STALE)] == [("last", "Última")]


def test_each_source_section_meets_the_section_that_renders_it_although_one_was_added_before():
    source = SOURCE.replace("## First", "## New\n\nMore.\n\n## First").replace("Three.", "Four.")

    found = freshness.compare(text(source), text(marked(), "es"))

    assert [(one.source.key, one.translated.heading) for one in found.of(State.STALE)] == [("last", "Última")]
    assert [one.source.key for one in found.of(State.MISSING)] == ["new"]


def test_an_unstamped_translation_with_fewer_sections_is_paired_by_its_questions():
    source = SOURCE.replace("## First", "## New\n\nMore.\n\n## First")

    found = freshness.compare(text(source), text(SPANISH, "es"))

    assert {one.source.key: one.translated.heading for one in found.standings if one.translated}["inside"] == "Dentro"
    assert len(found.of(State.MISSING)) == 1


# Stamps


def test_a_stamp_names_every_section_in_order_and_changes_nothing_else():
    end = SPANISH.index("---\n## Primera")
    found = {one.key: one.fingerprint for one in freshness.sections(text(SOURCE))}

    assert list(found) == KEYS
    lines = "".join(f'  {key}: "{mark}"\n' for key, mark in found.items())
    assert marked() == f"{SPANISH[:end]}translated_from:\n{lines}{SPANISH[end:]}"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(end, mark):
    raw = mark + SPANISH.replace("\n", end)
    found = stamps.marks(text(SOURCE), text(SPANISH, "es"))

    new = stamps.stamped(raw, ES, found)

    assert new == mark + marked().replace("\n", end)
    assert stamps.stamped(new, ES, found) == new


def test_a_later_stamp_changes_only_the_marks_that_changed_and_keeps_comments_and_quotes():
    old = (
        marked()
        .replace("translated_from:\n", "translated_from:  # by hand\n  # the head\n")
        .replace("objectives:\n", "objectives:  # three\n")
    )
    old = old.replace('"' + freshness.sections(text(SOURCE))[1].fingerprint + '"', "'" + freshness.sections(text(SOURCE))[1].fingerprint + "'  # checked")  # fmt: skip
    source = SOURCE.replace("Three.", "Four.")
    before, after = (freshness.sections(text(raw))[3].fingerprint for raw in (SOURCE, source))

    new = stamps.stamped(old, ES, stamps.marks(text(source), text(old, "es")))

    assert before != after
    assert new == old.replace(before, after)


def test_a_section_added_to_both_is_stamped_in_its_place_and_one_deleted_from_both_goes():
    added = "## New\n\nMore.\n\n## Last"
    source = SOURCE.replace("## Last", added).replace("## First\n\nOne.\n\n", "")
    old = (
        marked()
        .replace("## Última", added)
        .replace("## Primera\n\nUno.\n\n", "")
        .replace("  last:", "  # the end\n  last:")
    )

    new = stamps.stamped(old, ES, stamps.marks(text(source), text(old, "es")))

    assert list(text(new, "es").facts.translated_from) == [".head", "inside", "new", "last"]
    assert "  # the end\n  last:" in new
    assert states(source, new) == dict.fromkeys([".head", "inside", "new", "last"], "fresh")


@pytest.mark.parametrize("written", ["translated_from: {}\n", "translated_from: {first: '0123456789'}\n"])
def test_marks_on_one_line_become_one_a_line(written):
    old = SPANISH.replace("---\n## P", f"{written}---\n## P")

    new = stamps.stamped(old, ES, stamps.marks(text(SOURCE), text(old, "es")))

    assert new == marked()


def test_front_matter_on_one_line_is_refused_not_broken():
    old = "---\n{title: A, summary: B., objectives: [C.]}\n---\n## P\n"

    with pytest.raises(GreenSupplyError) as error:
        stamps.stamped(old, ES, {".head": "0123456789"})

    assert str(error.value) == (
        f"{ES}:1: the front matter is written in a way to which `translated_from` cannot be added. "
        "Write each key on a line of its own: `title: …`."
    )


def test_a_heading_that_yaml_would_read_as_something_else_is_put_into_quotes():
    source = SOURCE.replace("## First", "## 2024").replace("## Last", "## No")

    assert states(source, new := marked(source)) == dict.fromkeys([".head", "2024", "inside", "no"], "fresh")
    assert '\n  "2024": "' in new
    assert '\n  "no": "' in new


# Front matter


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            '  why rinse: "0123456789"',
            ":7:3: `translated_from.why rinse` names no section. Delete the line; sections are `.head`, `.opening` and "
            "headings as in addresses, such as `why-rinse`.",
        ),
        (
            '  first: "012345678"',
            ":7:3: `translated_from.first` is not a fingerprint of 10 digits 0 to 9 and a to f. "
            "Delete the line, and let `greensupply translated` write it.",
        ),
        (
            "  first: 1123456789",
            ':7:3: `translated_from.first` must be text; YAML reads `1123456789` here. Put quotes around it, "like this".',
        ),
        ("  [first]", ":6:1: `translated_from` must be a map; YAML reads `['first']` here. Correct the value."),
    ],
    ids=["key", "fingerprint", "number", "list"],
)
def test_a_stamp_of_the_wrong_form_is_a_problem_with_its_line(tmp_path, written, expected):
    spanish = HEAD.format(title="Enjuague", more=f"translated_from:\n{written}\n") + f"## Por qué\n\nUno.\n\n{CHOICE}"
    write(tmp_path, project({ES: spanish}))

    with pytest.raises(GreenSupplyError) as error:
        library.read(tmp_path / "modules", tmp_path / "content")

    assert [str(problem) for problem in error.value.problems] == [ES + expected]


def test_a_stamp_of_a_section_that_is_no_more_does_not_stop_the_site(tmp_path):
    """Whoever rewords English cannot be asked to mend two other languages first."""
    spanish = HEAD.format(title="E", more='translated_from:\n  gone: "0123456789"\n') + f"## Uno\n\nUno.\n\n{CHOICE}"
    write(tmp_path, project({ES: spanish}))

    assert library.read(tmp_path / "modules", tmp_path / "content").modules["rinsing"].texts["es"]


# Commands


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A hub in which nothing is stamped, without a repository around it."""
    write(tmp_path, project(module(en=SOURCE, es=SPANISH, fr=SPANISH)))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def change(hub, name: str, old: str, new: str) -> None:
    file = hub / name
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8")


def test_translated_stamps_the_named_translation_and_no_other(hub, capsys):
    assert main(["translated", "es", "rinsing"]) == 0

    assert capsys.readouterr().out == f"{ES}: stamped.\n"
    assert (hub / ES).read_bytes() == marked().encode()
    assert (hub / FR).read_bytes() == SPANISH.encode()
    assert main(["translated", "es", "--all"]) == 0
    assert capsys.readouterr().out == f"{ES}: was stamped already.\n"


def test_translated_with_a_section_leaves_the_others_stale(hub):
    main(["translated", "es", "rinsing"])
    change(hub, EN, "One.", "One, now.")
    change(hub, EN, "Three.", "Three, now.")

    assert main(["translated", "es", "rinsing", "--section", "last"]) == 0

    assert states(*((hub / name).read_text(encoding="utf-8") for name in (EN, ES))) == fresh_but(first="stale")


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["de", "rinsing"], 2, "de: not a language of the hub. Choose es or fr."),
        (["en", "rinsing"], 2, "en: the source, which renders nothing. Choose es or fr."),
        (["es", "rinsign"], 2, "rinsign: no module of that name. Did you mean `rinsing`?"),
        (["es", "xyz"], 2, "xyz: no module of that name. Modules are: rinsing."),
        (["es"], 2, "Name the modules that are translated, or --all, and not both."),
        (["es", "rinsing", "--all"], 2, "Name the modules that are translated, or --all, and not both."),
        (
            ["es", "rinsing", "--section", "frist"],
            2,
            f"frist: no section of {EN}. Did you mean `first`?",
        ),
        (["es", "--all", "--section", "x"], 2, "--section: needs exactly one module, as sections belong to it."),
        (
            ["fr", "rinsing"],
            1,
            f"{FR}:1: does not exist. Translate {EN} first.\nProblems: 1. Nothing was stamped.",
        ),
        (["es", "rinsing", "--modules", "nowhere"], 2, "nowhere: no such folder. Run the command where `mkdocs.yml` is, or name it with --modules."),
    ],
)  # fmt: skip
def test_translated_refuses_in_words(hub, capsys, arguments, code, expected):
    (hub / FR).unlink()

    assert main(["translated", *arguments]) == code

    assert capsys.readouterr().err == f"{expected}\n"
    assert (hub / ES).read_bytes() == SPANISH.encode()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "### Dentro",
            "## Dentro",
            f"{ES}:11: `## Dentro` stands where en.md:11 has `### Inside`. Keep the headings and their levels in the same order.",
        ),
        (
            "## Última\n\nTres.\n",
            "",
            f"{ES}:11: ends before `## Last` of en.md:28. Translate that section and what follows it.",
        ),
        (
            "Tres.\n",
            "Tres.\n\n## Más\n\nCuatro.\n",
            f"{ES}:32: `## Más` is not in en.md, which ends before it. Delete it and what follows it, or add it there.",
        ),
        (
            "## Primera\n\nUno.\n\n### Dentro\n\nDos.\n\n" + CHOICE,
            "## Primera\n\nUno.\n\n" + CHOICE + "\n### Dentro\n\nDos.\n\n",
            f"{ES}:7: `## Primera` holds `question at-the-source`; en.md:7 holds no box or question. "
            "Put each box and question under the same heading.",
        ),
        (
            "- [x]",
            "- [ ]",
            None,
        ),
        ("id: at-the-source", "id: at-the-end", f"{ES}:11:1: the question `at-the-source` of en.md:15 is missing."),
    ],
    ids=["level", "section missing", "section too many", "question elsewhere", "unreadable", "other question"],
)
def test_translated_refuses_another_structure(hub, capsys, old, new, expected):
    change(hub, ES, old, new)
    before = (hub / ES).read_bytes()

    assert main(["translated", "es", "rinsing"]) == 1

    said = capsys.readouterr().err
    assert said.startswith(expected or ES)
    assert "Nothing was stamped.\n" in said
    assert (hub / ES).read_bytes() == before


def test_nothing_is_stamped_if_one_of_several_is_refused(hub):
    write(hub, module("other", en=SOURCE, es=SPANISH.replace("### Dentro", "## Dentro")))

    assert main(["translated", "es", "rinsing", "other"]) == 1

    assert (hub / ES).read_bytes() == SPANISH.encode()


def test_one_section_is_not_stamped_while_another_stands_elsewhere(hub, capsys):
    main(["translated", "es", "rinsing"])
    change(hub, EN, "\n## Last\n\nThree.\n", "")
    change(hub, EN, "## First", "## Last\n\nThree.\n\n## First")
    change(hub, ES, "### Dentro", "## Dentro")
    change(hub, EN, "### Inside", "## Inside")
    change(hub, ES, CHOICE, "")
    change(hub, ES, "Tres.\n", f"Tres.\n\n{CHOICE}")
    capsys.readouterr()

    assert main(["translated", "es", "rinsing", "--section", "first"]) == 2

    assert capsys.readouterr().err == (
        f"{EN}: the section `last` stands elsewhere now. Move it in {ES} too, then stamp the whole module without --section.\n"
    )


def test_status_says_missing_stale_unstamped_and_done(hub, capsys):
    main(["translated", "es", "rinsing"])
    write(hub, module("other", en=SOURCE, es=SPANISH, fr=SPANISH))
    (hub / "modules/other/es.md").unlink()
    change(hub, EN, "Three.", "Four.")
    (hub / FR).write_text(marked((hub / EN).read_text(encoding="utf-8")), encoding="utf-8")
    capsys.readouterr()

    assert main(["status"]) == 0

    told = capsys.readouterr()
    assert told.out == (
        "modules/other\n"
        "  es  missing\n"
        "  fr  unstamped: 4 unstamped, of 4 sections\n"
        "modules/rinsing\n"
        "  es  stale: 1 behind, of 4 sections\n"
        f"      {EN}:28: `last` changed since it was translated; see {ES}:33.\n"
        "  fr  done\n"
        "Translations: 4. done 1, stale 1, missing 1, unstamped 1.\n"
        "When a translation says what the English text says: `greensupply translated <locale> <module>`.\n"
    )
    assert told.err == "There is no git history here, so what changed in a section is not shown.\n"


def test_status_shows_what_a_section_said_when_it_was_translated(hub, capsys, monkeypatch):
    main(["translated", "es", "rinsing"])
    change(hub, EN, "Three.", "Four.\nFive.")
    later = SOURCE.replace("Three.", "Three and more.")
    monkeypatch.setattr(history, "versions", lambda file: iter([later, "no front matter", SOURCE]))
    capsys.readouterr()

    assert main(["status"]) == 0

    told = capsys.readouterr()
    assert "see modules/rinsing/es.md:33.\n        - Three.\n        + Four.\n        + Five.\n" in told.out
    assert told.err == ""


def test_status_as_data(hub, capsys, monkeypatch):
    main(["translated", "es", "rinsing"])
    change(hub, EN, "Three.", "Four.")
    (hub / FR).unlink()
    monkeypatch.setattr(history, "versions", lambda file: iter([SOURCE]))
    capsys.readouterr()

    assert main(["status", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["history"] is True
    assert found["modules"]["rinsing"]["fr"] == {"state": "missing", "file": FR, "sections": [], "gone": []}
    spanish = found["modules"]["rinsing"]["es"]
    assert spanish["state"] == "stale"
    assert [one["state"] for one in spanish["sections"]] == ["fresh", "fresh", "fresh", "stale"]
    assert spanish["sections"][3]["diff"] == ["- Three.", "+ Four."]
    assert spanish["sections"][3]["source"] == f"{EN}:28"


def test_status_works_while_the_structure_differs_and_names_what_cannot_be_read(hub, capsys):
    change(hub, EN, "id: at-the-source", "id: another")
    write(hub, module("other", en=SOURCE, es="# no front matter\n", fr=marked()))

    assert main(["status"]) == 1

    told = capsys.readouterr()
    assert "modules/other\n  fr  done\nmodules/rinsing\n  es  unstamped" in told.out
    assert told.err.startswith("modules/other/es.md:1:1: does not begin with front matter.")
    assert "Traceback" not in told.err


@pytest.mark.parametrize("git", ["no program", "no repository", "not committed"])
def test_status_without_history_still_names_the_section(hub, capsys, monkeypatch, git):
    main(["translated", "es", "rinsing"])
    change(hub, EN, "Three.", "Four.")
    if git == "no program":
        monkeypatch.setenv("PATH", str(hub / "nothing"))
    if git == "not committed":
        repository(hub)
        subprocess.run(["git", "commit", "-qm", "Nothing", "--allow-empty"], cwd=hub, check=True)
    capsys.readouterr()

    assert main(["status"]) == 0

    told = capsys.readouterr()
    assert "`last` changed since it was translated" in told.out
    assert told.err.count("no git history") == (git != "not committed")


def repository(folder) -> None:
    for command in (["init", "-q"], ["config", "user.email", "a@example.org"], ["config", "user.name", "A"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


def commit(folder) -> None:
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    subprocess.run(["git", "commit", "-qm", "A change"], cwd=folder, check=True)


def test_what_changed_is_found_in_a_real_repository_over_a_rename_and_other_changes(hub, capsys):
    repository(hub)
    (hub / "modules/rinsing").rename(hub / "modules/vorspülen")
    write(hub, {"modules/vorspülen/module.yml": FACTS.format(id="rinsing")})
    change(hub, "modules/vorspülen/en.md", "Three.", "Zero.")
    commit(hub)
    change(hub, "modules/vorspülen/en.md", "Zero.", "Three.")
    main(["translated", "es", "vorspülen"])
    commit(hub)
    (hub / "modules/vorspülen").rename(hub / "modules/rinsing")
    commit(hub)
    change(hub, EN, "Three.", "Four.\n")
    commit(hub)
    change(hub, EN, "One.", "One,\nand more.")
    capsys.readouterr()

    assert main(["status"]) == 0

    said = capsys.readouterr().out
    assert "        - One.\n        + One,\n        + and more.\n" in said
    assert "        - Three.\n        + Four.\n" in said
    assert "Zero" not in said


# Pages


def test_a_stale_section_is_marked_in_the_readers_language_with_a_link_to_the_source(build_site):
    spanish = marked()
    site = build_site(module(en=SOURCE.replace("Two.", "Two, now."), es=spanish, fr=marked()))

    page = site.html("es/modules/rinsing")

    note = (
        '<div class="gs-stale" role="note" data-search-exclude>\n'
        "<p>El texto en inglés de esta sección cambió después de la traducción. "
        '<a href="../../../modules/rinsing/#inside" hreflang="en">Léalo en inglés</a></p>\n</div>'
    )
    assert page.count("gs-stale") == 1
    assert note in page
    assert page.index('id="dentro"') < page.index(note) < page.index("Dos.")
    assert 'id="inside"' in site.html("modules/rinsing")
    assert "gs-stale" not in site.html("modules/rinsing")
    assert "Lire en anglais" in site.html("fr/modules/rinsing")


def test_front_matter_that_changed_and_a_section_that_is_not_translated_are_named_at_the_head(build_site):
    source = SOURCE.replace("title: Rinsing", "title: Rinses").replace("## Last", "## A *new* one\n\nMore.\n\n## Last")
    page = build_site(module(en=source, es=marked(), fr=marked())).html("es/modules/rinsing")

    head = page[page.index('class="gs-module-head"') : page.index('class="gs-summary"')]
    assert "El título, el resumen o los objetivos en inglés cambiaron" in head
    assert '<a href="../../../modules/rinsing/" hreflang="en">Léalo en inglés</a>' in head
    assert '<li><a href="../../../modules/rinsing/#a-new-one" hreflang="en" lang="en">A new one</a></li>' in head
    assert page.count("gs-stale") == 2


def test_text_before_the_first_heading_is_marked_before_it(build_site):
    source, spanish = (
        raw.replace("---\n## ", f"---\n{words}\n\n## ") for raw, words in ((SOURCE, "Go."), (SPANISH, "Vaya."))
    )
    files = module(en=source.replace("Go.", "Walk."), es=marked(source, spanish), fr=spanish)

    page = build_site(files).html("es/modules/rinsing")

    assert page.count("gs-stale") == 1
    assert page.index('class="gs-objectives"') < page.index("gs-stale") < page.index("<p>Vaya.</p>")


def test_fresh_and_unstamped_translations_have_no_note(build_site):
    site = build_site(module(en=SOURCE, es=marked(), fr=SPANISH))

    assert "gs-stale" not in site.html("es/modules/rinsing") + site.html("fr/modules/rinsing")


def test_the_status_page_tells_every_translation_in_words_in_three_languages(build_site):
    files = module(en=SOURCE.replace("Two.", "Two, now."), es=marked(), fr=SPANISH)
    other = module("other", en=SOURCE, es=marked())
    other["modules/other/fr.md"] = None
    site = build_site({**files, **other})

    page = site.html("translation-status")
    assert '<a href="../es/modules/rinsing/" hreflang="es-MX">Sections behind: 1 of 4</a>' in page
    assert '<a href="../fr/modules/rinsing/" hreflang="fr-CA">Sections not confirmed: 4 of 4</a>' in page
    assert '<a href="../es/modules/other/" hreflang="es-MX">Up to date</a>' in page
    assert '<a href="../fr/modules/other/" hreflang="fr-CA">Not translated yet; shown in English</a>' in page
    assert (
        '<li><a href="../es/modules/rinsing/#dentro" hreflang="es-MX"><span lang="es-MX">Dentro</span></a>: '
        'the English text has changed. <a href="../modules/rinsing/#inside" hreflang="en">English text</a></li>'
    ) in page
    spanish = site.html("es/translation-status")
    assert "Secciones atrasadas: 1 de 4" in spanish
    assert '<a href="../modules/rinsing/#dentro" hreflang="es-MX">Dentro</a>: el texto en inglés cambió. ' in spanish
    assert "À jour" in site.html("fr/translation-status")
    assert site.warnings == ()


def test_what_the_status_page_says_of_each_section_is_no_word_to_search_for(build_site):
    index = build_site(module(en=SOURCE, es=marked(), fr=SPANISH)).text("search/es.js")

    pages = json.loads(index[index.index('{"pages"') : index.rindex("}))")])["pages"]
    [status] = [page for page in pages if page[1] == "es/translation-status/"]
    assert "Estado de las traducciones" in status[0]
    assert "Enjuague" not in json.dumps(status, ensure_ascii=False)


def test_the_status_page_stands_in_the_navigation(build_site):
    site = build_site(module(en=SOURCE, es=marked(), fr=marked()))

    assert '<a href="translation-status/">' in site.html("")
    assert "Secciones por revisar" not in site.html("es/translation-status")


# What the check says


def warnings(root, english=SOURCE, spanish="", **more) -> list[str]:
    """What the check says of a translation into Spanish, stamped before the English changed, and of the pathways."""
    files = {EN: english, ES: spanish or marked(), FR: None, **more}
    write(root, project(files))
    seen = library.examine(root / "modules").seen
    return [str(problem) for problem in lint.freshness.problems(seen.modules["rinsing"], seen)]


def test_the_check_warns_of_each_stale_section_with_its_lines_and_the_command(tmp_path):
    assert warnings(tmp_path / "fresh") == []

    assert warnings(tmp_path / "stale", SOURCE.replace("Two.", "Twice.").replace("Three.", "Thrice.")) == [
        "modules/rinsing/es.md:16:1: says what an older English text said: `### Inside` of en.md:11 has changed since. "
        "Translate what changed, then run `greensupply translated es rinsing --section inside`.",
        "modules/rinsing/es.md:33:1: says what an older English text said: `## Last` of en.md:28 has changed since. "
        "Translate what changed, then run `greensupply translated es rinsing --section last`.",
    ]
    assert warnings(tmp_path / "head", SOURCE.replace("A text.", "Another.")) == [
        "modules/rinsing/es.md:2:1: says what an older English text said: the front matter of en.md:2 has changed since. "
        "Translate what changed, then run `greensupply translated es rinsing --section .head`."
    ]


def test_the_check_warns_of_a_section_that_is_new_or_gone_in_english(tmp_path):
    assert warnings(tmp_path / "new", SOURCE.replace("## Last", "## New\n\nMore.\n\n## Last")) == [
        "modules/rinsing/es.md:16:1: does not say yet what is new in English: `## New` of en.md:28. "
        "Translate it here, after this section, then run `greensupply translated es rinsing`."
    ]
    assert warnings(tmp_path / "gone", SOURCE.replace("## Last\n\nThree.\n", "")) == [
        "modules/rinsing/es.md:33:1: says what en.md no longer says: `## Última`. "
        "Delete the section here, then run `greensupply translated es rinsing`; or write it in English again."
    ]


def test_the_check_warns_once_of_a_translation_without_stamps_when_its_last_place_is_filled_in(tmp_path):
    how = "See that they say what en.md says today, then run `greensupply translated es rinsing`."
    what = "does not say which English text it renders: sections without a stamp here:"
    draft = {"modules/rinsing/module.yml": FACTS.format(id="rinsing") + "status: draft\n"}

    assert warnings(tmp_path / "none", spanish=SPANISH) == [f"modules/rinsing/es.md:2:1: {what} 4 of 4. {how}"]
    assert warnings(tmp_path / "open", spanish=SPANISH.replace("Dos.", "[[Dos]]."), **draft) == []

    some = stamps.stamped(SPANISH, ES, stamps.marks(text(SOURCE), text(SPANISH, "es"), ["first"]))
    assert warnings(tmp_path / "some", spanish=some) == [f"modules/rinsing/es.md:2:1: {what} 3 of 4. {how}"]


def test_the_check_warns_of_a_ready_module_that_is_in_no_pathway(tmp_path):
    path = "modules/pathways.yml"
    pathways = project()[path]
    other = {**module("washing"), path: pathways.replace("[rinsing]", "[washing]")}
    elective = other[path] + "  electives:\n  - {module: rinsing, processes: all}\n"
    draft = {"modules/rinsing/module.yml": FACTS.format(id="rinsing") + "status: draft\n"}

    assert warnings(tmp_path / "none", **other) == [
        "modules/rinsing/module.yml:1:1: no pathway leads to `rinsing`. "
        "Name it in pathways.yml, under the `modules` or the `electives` of a pathway."
    ]
    assert warnings(tmp_path / "elective", **{**other, path: elective}) == []
    assert warnings(tmp_path / "draft", **other, **draft) == []
    assert warnings(tmp_path / "broken", **{path: "pathways: [\n"}) == [], "nothing is known of them"


def test_a_comparison_holds_marks_of_sections_and_not_their_text():
    source, translation = text(SOURCE), text(marked(), "es")
    found = freshness.compare(source, translation)

    assert [one.source.fingerprint for one in found.standings] == [s.fingerprint for s in freshness.sections(source)]
    assert [one.translated.key for one in found.standings] == [s.key for s in freshness.sections(translation)]
    assert not any(one.source.lines or one.translated.lines for one in found.standings)
    assert all(section.lines for section in freshness.sections(source))


def test_each_source_is_compared_as_it_is():
    other = SOURCE.replace("Three", "Four")
    translations = [text(marked(), "es"), text(marked(), "fr"), text(marked(), "es")]
    found = [
        freshness.compare(text(raw), each) for raw, each in zip((SOURCE, other, SOURCE), translations, strict=True)
    ]

    assert [one.state for one in found] == [State.FRESH, State.STALE, State.FRESH]

"""Courses: what is wrong with one, the agenda by the clock, the page, the kit, and a class from the kit to the figures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from builders import ROOT, project, text, write
from greensupply import agenda, course_page, kits, library
from greensupply.addresses import Site
from greensupply.cli import main
from greensupply.courses import CourseFacts
from greensupply.errors import GreenSupplyError
from greensupply.kits import Options
from greensupply.locales import LOCALES
from greensupply.model import Library
from greensupply.records import fields
from greensupply.roster_template import COLUMNS
from openpyxl import load_workbook

NOTES = {
    "en": "/// facilitator | Two bins\n    minutes: 40\n    activity: exercise\n    materials: two bins\n\nSort them.\n///\n\n"
    "/// facilitator | Break\n    minutes: 15\n    activity: break\n\nOpen a window.\n///\n\n"
    "### The rubric\n\nFrom 1 to 4.\n\n| Line | A 3 |\n|---|---|\n| Time | Ends on time |\n",
    "es": "/// facilitator | Dos botes\n    minutes: 40\n    activity: exercise\n    materials: dos botes\n\nClasifíquelos.\n///\n\n"
    "/// facilitator | Descanso\n    minutes: 15\n    activity: break\n\nAbra una ventana.\n///\n\n"
    "### La rúbrica\n\nDe 1 a 4.\n\n| Renglón | Un 3 |\n|---|---|\n| Tiempo | Termina a tiempo |\n",
    "fr": "/// facilitator | Deux bacs\n    minutes: 40\n    activity: exercise\n    materials: deux bacs\n\nTriez.\n///\n\n"
    "/// facilitator | Pause\n    minutes: 15\n    activity: break\n\nOuvrez une fenêtre.\n///\n\n"
    "### La grille\n\nDe 1 à 4.\n\n| Ligne | Un 3 |\n|---|---|\n| Temps | Finit à l’heure |\n",
}
COURSE = """\
id: ttt
pathway: supplier
audience: [trainer]
countries: [MX, CA]
languages: [es, fr]
start: '08:30'
title: {en: Three hours, es: Tres horas, fr: Trois heures}
summary: {en: For trainers., es: Para instructores., fr: Pour les formateurs.}
who_for: [{en: Trainers., es: Instructores., fr: Les formateurs.}]
days:
- title: {en: Room, es: Salón, fr: Salle}
  minutes: 65
  sessions:
  - {module: rinsing, section: why-rinse}
  - {title: {en: Closing, es: Cierre, fr: Clôture}, kind: talk, minutes: 10}
plan: {least: 4, most: 5, fewest_people: 16, most_people: 20, code: ttt}
rubric: {module: rinsing, section: the-rubric}
sheets:
- id: survey
  level: 1
  title: {en: Survey, es: Encuesta, fr: Sondage}
  when: {en: At the end, es: Al final, fr: À la fin}
  who: {en: All, es: Todos, fr: Tous}
  lead: {en: Tick., es: Marque., fr: Cochez.}
  questions: [{ask: {en: Useful, es: Me sirve, fr: Utile}, answer: scale}]
"""
PATH = "modules/courses/ttt.yml"


def hub(course: str = COURSE) -> dict[str, str]:
    files = {f"modules/rinsing/{locale}.md": text(locale, body=notes) for locale, notes in NOTES.items()}
    return project(files, {PATH: course})


def read(folder: Path, course: str = COURSE) -> Library:
    write(folder, hub(course))
    return library.read(folder / "modules", folder / "content")


# What is wrong


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: 65", "minutes: 70", ":12:3: the day is said to take 70 minutes; its sessions add up to 65."),
        (
            "why-rinse",
            "why-rins",
            ":14:23: the module `rinsing` has no section `why-rins` that a course can name here.",
        ),
        (
            "module: rinsing, section: why",
            "module: rinsin, section: why",
            ":14:6: the course names the module `rinsin`,",
        ),
        ("kind: talk, minutes: 10", "kind: talk", ":15:5: `days.1.sessions.2` is neither a section of a module nor"),
        ("'08:30'", "'8.30'", ":6:1: `start` is “8.30”, which is no time of the day."),
        ("[MX, CA]", "[MX, Canada]", ":4:17: `countries.2` is “Canada”, which is none of the programme’s countries."),
        (
            "pathway: supplier",
            "pathway: suplier",
            ":2:1: the course belongs to the pathway `suplier`, which there is not.",
        ),
        ("id: ttt\n", "id: other\n", ":1:1: the course says `id: other`, which is not the name of its file."),
        ("answer: scale", "answer: stars", "`sheets.1.questions.1.answer`"),
        ("days:", "dais:", "dais"),
    ],
)
def test_what_is_wrong_with_a_course_is_said_with_its_place(tmp_path, old, new, said):
    assert old in COURSE
    with pytest.raises(GreenSupplyError) as caught:
        read(tmp_path, COURSE.replace(old, new))

    told = "\n".join(map(str, caught.value.problems))
    assert PATH + (said if said.startswith(":") else "") in told
    assert said in told


def test_all_problems_of_a_course_are_told_at_once_in_three_languages(tmp_path, capsys, monkeypatch):
    write(tmp_path, hub(COURSE.replace("minutes: 65", "minutes: 1").replace("the-rubric", "the-rubrik")))
    monkeypatch.chdir(tmp_path)

    said = {}
    for locale in LOCALES:
        assert main(["check", "modules/courses/ttt.yml", "--lang", locale]) == 1
        said[locale] = capsys.readouterr().err

    assert said["en"].count("modules/courses/ttt.yml:") == 2
    assert "Did you mean `the-rubric`?" in said["en"]
    assert "dice que el día dura 1 minutos; sus sesiones suman 65." in said["es"]
    assert "la journée est dite durer 1 minutes; ses séances en totalisent 65." in said["fr"]


def test_a_note_that_grows_in_a_module_is_told_where_the_day_is_planned(tmp_path):
    longer = {
        name: words.replace("minutes: 40", "minutes: 50") if name.endswith(".md") else words
        for name, words in hub().items()
    }
    write(tmp_path, longer)

    problems = library.examine(tmp_path / "modules", tmp_path / "content").problems

    assert [str(problem) for problem in problems] == [
        "modules/courses/ttt.yml:12:3: the day is said to take 65 minutes; its sessions add up to 75. "
        "Change `minutes`, or the sessions. Those of a module have the minutes of their facilitator’s notes."
    ]


def test_the_folder_of_courses_is_no_module_and_holds_nothing_else(tmp_path):
    found = read(tmp_path)

    assert (list(found.modules), [course.id for course in found.courses]) == (["rinsing"], ["ttt"])
    write(tmp_path, {"modules/courses/notes.md": "x", "modules/courses/.draft.yml": "x"})
    problems = library.examine(tmp_path / "modules", tmp_path / "content").problems
    assert [(problem.path, problem.rule) for problem in problems] == [("modules/courses/notes.md", "course-stray")]


def test_a_module_with_a_mistake_does_not_make_the_course_wrong_too(tmp_path):
    write(tmp_path, {**hub(), "modules/rinsing/en.md": text("en", body="/// fasilitator\n///\n")})

    problems = library.examine(tmp_path / "modules", tmp_path / "content").problems

    assert {problem.path for problem in problems} == {"modules/rinsing/en.md"}


# The agenda and the page


@pytest.mark.parametrize(
    ("locale", "titles", "clock"),
    [
        ("en", ["Two bins", "Break", "Closing"], ["8:30", "9:10", "9:25"]),
        ("es", ["Dos botes", "Descanso", "Cierre"], ["8:30", "9:10", "9:25"]),
        ("fr", ["Deux bacs", "Pause", "Clôture"], ["8\u00a0h\u00a030", "9\u00a0h\u00a010", "9\u00a0h\u00a025"]),
    ],
)
def test_the_agenda_takes_titles_minutes_and_materials_from_the_notes(tmp_path, locale, titles, clock):
    found = read(tmp_path)

    [day] = agenda.days(found.courses[0], found.modules, locale)

    assert [slot.title for slot in day.slots] == titles
    assert [course_page.at("08:30", slot.start, locale) for slot in day.slots] == clock
    assert (day.minutes, day.working, day.active, len(day.materials)) == (65, 50, 40, 1)
    assert [slot.place for slot in day.slots] == [1, 2, 0]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_built_site_has_the_course_in_each_language_and_leads_to_it(build_site, locale):
    files = {name: words for name, words in hub().items() if name.startswith("modules/")}

    site = build_site(files)

    home = "" if locale == "en" else f"{locale}/"
    page = site.html(f"{home}courses/ttt")
    assert {"en": "Three hours", "es": "Tres horas", "fr": "Trois heures"}[locale] in page
    assert 'href="../../modules/rinsing/facilitator/#note-1"' in page
    assert f"greensupply kit ttt --lang {locale}" in page
    assert 'href="../../courses/ttt/"' in site.html(f"{home}pathways/supplier")
    assert 'href="courses/ttt/"' in site.html(home.rstrip("/") or ".")
    assert site.warnings == ()


# The kit


def made(found: Library, locale: str, **changes: object) -> dict[str, bytes]:
    return kits.files(found, found.courses[0], replace(Options(locale, plain=True), **changes))


LISTS = {
    "en": (
        *("1-agenda/agenda-en.html", "2-facilitator-guides/rinsing-facilitator-en-letter.html"),
        *("3-handouts/rinsing-learner-en-letter.html", "4-answer-sheets/rinsing-answers-en-letter.html"),
        *("5-sheets/rubric-en.html", "5-sheets/survey-en.html", "6-roster/roster-en.csv", "6-roster/roster-en.xlsx"),
        "README.txt",
    ),
    "es": (
        *("1-agenda/agenda-es.html", "2-guias-para-el-instructor/rinsing-facilitator-es-letter.html"),
        *("3-material-del-participante/rinsing-learner-es-letter.html",),
        *("4-hojas-de-respuestas/rinsing-answers-es-letter.html", "5-formatos/rubric-es.html"),
        *("5-formatos/survey-es.html", "6-lista-del-grupo/roster-es.csv", "6-lista-del-grupo/roster-es.xlsx"),
        "LEAME.txt",
    ),
    "fr": (
        *("1-horaire/agenda-fr.html", "2-guides-du-formateur/rinsing-facilitator-fr-letter.html"),
        *("3-documents-des-participants/rinsing-learner-fr-letter.html",),
        *("4-corriges/rinsing-answers-fr-letter.html", "5-fiches/rubric-fr.html", "5-fiches/survey-fr.html"),
        *("6-liste-du-groupe/roster-fr.csv", "6-liste-du-groupe/roster-fr.xlsx", "LISEZMOI.txt"),
    ),
}


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_kit_holds_and_that_its_text_says_so(tmp_path, locale):
    found = read(tmp_path)

    kit = made(found, locale)

    assert tuple(kit) == tuple(sorted(LISTS[locale]))
    assert made(found, locale) == kit, "the same bytes each time"
    readme = kit[kits.words(locale)["readme"]].decode("utf-8-sig")
    for folder in {name.partition("/")[0] for name in kit if "/" in name}:
        assert f"- {folder}" in readme
    assert kits.words(locale)["folders"]["hub"] not in readme
    assert "HTML" in readme
    assert all(len(line) <= 76 for line in readme.splitlines()[2:-1])


def test_with_a_site_the_kit_holds_it_and_says_where_the_slides_are(tmp_path):
    found = read(tmp_path)

    kit = kits.files(found, found.courses[0], Options("es", plain=True), {"index.html": b"hub", "es/index.html": b""})

    assert kit["7-sitio/index.html"] == b"hub"
    assert "7-sitio" in kit["LEAME.txt"].decode()


def test_a_site_with_the_option_offers_the_kit_which_holds_that_site(build_site, tmp_path, monkeypatch):
    monkeypatch.setattr(kits, "unprinted", lambda: "no PDFs here")
    plugins = {"greensupply": {"modules_dir": str(tmp_path / "modules"), "kits": True}}
    i18n = {"docs_structure": "folder", "languages": [{"locale": "en", "name": "English", "default": True}]}
    i18n["languages"].append({"locale": "es", "name": "Español"})
    files = {name: words for name, words in hub().items() if name.startswith("modules/")}

    site = build_site(files, plugins=[plugins, {"i18n": i18n}])

    assert 'href="../../../packages/kits/ttt-es.zip"' in site.html("es/courses/ttt")
    with zipfile.ZipFile(site.folder / "packages/kits/ttt-es.zip") as kit:
        names = kit.namelist()
        page = kit.read("7-sitio/es/courses/ttt/index.html").decode()
    assert {"LEAME.txt", "1-agenda/agenda-es.html", "7-sitio/index.html", "7-sitio/es/modules/rinsing/index.html"} <= {
        *names
    }
    assert not [name for name in names if name.endswith(".zip")]
    assert "packages/kits" not in page or "https://hub.example/packages/kits" in page
    assert "packages/kits" not in site.text("assets/offline/es.json")
    assert site.warnings == ()


def shape(said: object) -> object:
    if isinstance(said, dict):
        return {key: shape(value) for key, value in said.items()}
    return len(said) if isinstance(said, list) else sorted(re.findall(r"\{\w+\}", str(said)))


def test_the_words_of_a_kit_are_the_same_in_every_language():
    assert shape(kits.words("en")) == shape(kits.words("es")) == shape(kits.words("fr"))
    for locale in LOCALES:
        folders = kits.words(locale)["folders"].values()
        assert all(re.fullmatch(r"[1-7]-[a-z-]+", folder) for folder in folders)


def test_another_start_moves_the_whole_agenda(tmp_path):
    found = read(tmp_path)

    paper = made(found, "es", start="13:00")["1-agenda/agenda-es.html"].decode()

    assert re.findall(r"<td>(\d+:\d\d)</td>", paper) == ["13:00", "13:40", "13:55"]


@pytest.mark.skipif(bool(kits.unprinted()), reason="WeasyPrint is not there")
def test_papers_are_pdfs_where_they_can_be_made_and_the_same_each_time(tmp_path):
    found = read(tmp_path)

    first, second = (made(found, "fr", plain=False) for _ in range(2))

    assert first == second
    assert first["5-fiches/survey-fr.pdf"].startswith(b"%PDF-")
    assert not [name for name in first if name.endswith(".html")]


def test_the_roster_of_a_course_offers_its_modules_and_the_codes_of_the_plan(tmp_path):
    found = read(tmp_path)

    roster = kits.roster(found, found.courses[0], "es")

    assert [choice.id for choice in roster.modules] == ["rinsing"]
    assert roster.sessions == ("TTT-1", "TTT-2", "TTT-3", "TTT-4", "TTT-5")
    assert all(map(fields.is_code, roster.sessions))


@pytest.fixture
def run(tmp_path, monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """Run `greensupply` beside the small hub; returns the exit code and both outputs."""
    write(tmp_path / "hub", hub())
    monkeypatch.chdir(tmp_path / "hub")
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", "a key for tests that is long enough")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kit", "tt", "--lang", "en"], "tt: no course has this id. Did you mean `ttt`?\n"),
        (["kit", "other", "--lang", "es"], "other: ningún curso tiene este id. Cursos: ttt.\n"),
        (["kit", "ttt", "--lang", "fr", "--start", "25:00"], "--start 25:00\u00a0: ce n’est pas une heure du jour."),
        (["kit", "ttt", "--lang", "en", "--output", "."], ".: is a folder. Name a file with --output.\n"),
        (["roster", "--lang", "es", "--course", "tt"], "tt: ningún curso tiene este id. ¿Quiso escribir `ttt`?\n"),
    ],
)
def test_what_is_asked_for_wrongly_is_said_in_the_language(run, arguments, said):
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith(said)


def test_a_roster_may_be_made_for_a_course_alone(run):
    assert run("roster", "--lang", "fr", "--course", "ttt", "--out", "../desk")[0] == 0

    lists = load_workbook("../desk/roster-fr.xlsx").worksheets[2]
    column = COLUMNS.index("session") + 1
    assert [lists.cell(row, column).value for row in range(1, 7)] == ["TTT-1", "TTT-2", "TTT-3", "TTT-4", "TTT-5", None]


# A whole class, from the kit to the figures


EXPECTED = {
    **{"records": 3, "attempts in classes and LMS (T3)": 3, "passed of these (T3)": 2},
    **dict.fromkeys(("learners", "completions", "month 2026-10 (T1)"), 2),
    **dict.fromkeys(("country MX", "module rinsing", "language unstated", "delivery classroom", "supplier S-0042"), 2),
}
"""What two who passed and one who did not add to the figures."""
TAGS = {"es": "es-MX", "fr": "fr-CA"}


def tallied(run: Callable[..., tuple[int, str, str]]) -> dict[str, int]:
    code, out, _ = run("tally", "--as-of", "2026-10-31")
    assert code == 0
    return {name: int(count) for name, count in re.findall(r"^(.+) (\d+)$", out, re.MULTILINE)}


def office(file: Path, suffix: str, locale: str) -> Path:
    """The file as LibreOffice saves it in the settings of a country."""
    profile, out = file.parent / f"profile-{locale}", file.parent / "saved"
    settings = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
        f"<value>{TAGS[locale]}</value></prop></item></oor:items>"
    )
    write(profile, {"user/registrymodifications.xcu": settings})
    separator, form = {"es": "44", "fr": "59"}[locale], {"xlsx": "xlsx:Calc MS Excel 2007 XML"}
    csv = f"csv:Text - txt - csv (StarCalc):{separator},34,76,1,,0,false,true,false"
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to"]
    command += [form.get(suffix, csv), "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(file.parent)})
    return out / f"{file.stem}.{suffix}"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("saved", ["as it is", "xlsx", "csv"])
def test_a_class_changes_the_figures_by_exactly_its_results(run, locale, saved):
    if saved != "as it is" and (locale not in TAGS or not shutil.which("soffice")):
        pytest.skip("LibreOffice saves what was filled in with the settings of Mexico and of Quebec")
    row = "email,module,date,score,country\nold@plant.example,rinsing,2026-09-01,90%,CA\n"
    Path("../before.csv").write_text(row, encoding="utf-8")
    assert run("records", "add", "../before.csv")[0] == 0
    before = tallied(run)

    assert run("kit", "ttt", "--lang", locale, "--html", "--output", "../kit.zip")[0] == 0
    with zipfile.ZipFile("../kit.zip") as kit:
        folder = kits.words(locale)["folders"]["roster"]
        book = load_workbook(BytesIO(kit.read(f"{folder}/roster-{locale}.xlsx")))
    sheet, lists = book.worksheets[0], book.worksheets[2]
    chosen = {name: lists.cell(1, COLUMNS.index(name) + 1).value for name in ("module", "session")}
    chosen["country"] = lists.cell(2, COLUMNS.index("country") + 1).value
    for number, (name, score) in enumerate((("ana", 0.9), ("luis", 0.8), ("zoé", 0.5)), 3):
        person = {**chosen, "email": f"{name}@plant.example", "supplier": "S-0042", "score": score}
        for field, value in person.items():
            sheet.cell(number, COLUMNS.index(field) + 1, value)
        day = sheet.cell(number, COLUMNS.index("date") + 1)
        day.value, day.number_format = yaml.safe_load("2026-10-22"), "yyyy-mm-dd"
    filled = Path("../class.xlsx").absolute()
    book.save(filled)
    handed_in = filled if saved == "as it is" else office(filled, saved, locale)

    code, out, err = run("records", "add", handed_in.as_posix(), "--lang", locale)

    assert (code, err) == (0, ""), out
    after = tallied(run)
    changed = {name: after.get(name, 0) - before.get(name, 0) for name in {*before, *after}}
    changed = {name: count for name, count in changed.items() if count}
    assert changed == EXPECTED
    run("records", "add", handed_in.as_posix())
    assert tallied(run) == after, "twice adds nothing"


# The course that the hub has


@pytest.fixture(scope="module")
def ours() -> Library:
    return library.read(ROOT / "modules", ROOT / "content")


def course(found: Library) -> CourseFacts:
    return next(each for each in found.courses if each.id == "train-the-trainer")


def test_the_train_the_trainer_course_is_whole_and_mexico_comes_first(ours):
    chosen = course(ours)

    assert [day.minutes for day in chosen.days] == [470, 470, 480]
    assert (chosen.countries[0], chosen.languages[0]) == ("MX", "es")
    assert [sheet.level for sheet in chosen.sheets if sheet.level] == [1, 2, 3, 4]
    assert {"dc-3-data", "ec0217-evidence"} <= {sheet.id for sheet in chosen.sheets if sheet.countries == ("MX",)}
    planned = yaml.safe_load((ROOT / "records/goals.yml").read_text(encoding="utf-8"))["courses"]
    assert (chosen.plan.least, chosen.plan.most) == (planned["least"], planned["most"])


def test_every_timed_note_of_its_module_is_on_one_of_its_days(ours):
    for locale in LOCALES:
        made = agenda.days(course(ours), ours.modules, locale)
        timed = [
            number
            for number, note in enumerate(ours.modules["train-the-trainer"].texts[locale].notes, 1)
            if note.minutes
        ]

        assert [slot.place for day in made for slot in day.slots] == timed
        assert all(day.active / day.working >= 0.5 for day in made), "participants work half of the time or more"


@pytest.mark.parametrize("locale", LOCALES)
def test_its_page_and_its_papers_are_in_one_language(ours, locale):
    chosen = course(ours)
    page = course_page.text(ours, chosen.id, locale, Site())

    assert 'lang="' not in page
    assert "{" not in page.partition("---\n\n")[2]
    rows = agenda.table(chosen.rubric, ours.modules, locale)[1]
    assert len(rows) == 9, "eight lines below the headings"
    if locale == "fr":
        assert not re.search(
            r"[^\u00a0\d\s/]:(?=\s|$)|\s[;!?](?=\s|$)", re.sub(r"<[^>]*>|https?:\S+", "", page.partition("---\n\n")[2])
        )

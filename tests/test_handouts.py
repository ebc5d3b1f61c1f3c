"""What is handed out on paper: HTML for each kind, and PDFs that are tagged, whole and the same each time."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from builders import ROOT, project, text, write
from greensupply import handouts, library
from greensupply.addresses import Site
from greensupply.cli import main
from greensupply.handouts import KINDS, PAPERS, press
from greensupply.locales import LANGUAGE_TAGS, LOCALES, words
from greensupply.model import Library
from pypdf import PdfReader
from pypdf.generic import IndirectObject

SITE = Site(True, "https://hub.example/")
INCHES = {"letter": (612, 792), "a4": (595, 842)}
SECRETS = (
    "SECRET-NOTE",
    "SECRET-WHY",
    "SECRET-WRONG",
    "SECRET-FEEDBACK",
    "SECRET-SLIP",
    "SECRET-THING",
    "SECRET-PAIRS",
    "SECRET-STEPS",
    "987",
)
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 300" font-family="system-ui"><title>Tanks</title>'
    '<text x="40" y="80" font-size="40">Counterflow</text></svg>'
)
BODY = """\
![Two tanks, water flows from the second to the first.](figures/tanks.svg "Two tanks.")

See [the toolkit](https://www.epa.gov/lean) and [the course](../rinsing/en.md).

/// facilitator | Vote
    minutes: 20
    activity: quiz
    materials: SECRET-THING

SECRET-NOTE: vote first.
///

## After lunch

| Tank | Flow, L |
|---|---|
| First | 3 |

/// worksheet | My tanks
    calculator: stream-map
My line: ____.

| Tank | My flow |
|---|---|
| First |  |
|  |  |
///

/// commitment | What I will do
By ____ I will measure ____.
///
"""
QUESTIONS = """\
/// question | Which rinse saves most?
    id: which-rinse

- [ ] One tank
    - SECRET-WRONG
- [x] Counterflow
    - SECRET-WHY
///

/// question | How many liters a day?
    id: liters
    type: numeric
    answer: 987
    tolerance: 1
    unit: L

- [ ] 9
    - SECRET-SLIP

//// feedback
SECRET-FEEDBACK
////
///

/// question | Match them.
    id: pairs
    type: matching

Lid
:   Less vapor

Timer
:   Less idle flow

Rack
:   Less drag-out

//// feedback
SECRET-PAIRS
////
///

/// question | Put the steps in order.
    id: steps
    type: ordering

1. Look
2. Measure
3. Change

//// feedback
SECRET-STEPS
////
///
"""
FILES: dict[str, str | bytes | None] = {
    **{
        f"modules/rinsing/{name}.md": text(name, body=BODY.replace("en.md", f"{name}.md"), question=QUESTIONS)
        for name in LOCALES
    },
    "modules/rinsing/figures/tanks.svg": FIGURE,
}


@pytest.fixture
def hub(tmp_path: Path) -> Library:
    write(tmp_path, {**project(), **FILES})
    return library.read(tmp_path / "modules", tmp_path / "content")


@pytest.fixture(scope="module")
def ours() -> Library:
    return library.read(ROOT / "modules", ROOT / "content").without_drafts()


def document(shown: Library, kind: str, locale: str = "en", site: Site = SITE) -> str:
    return handouts.document(shown, "rinsing", kind, locale, "letter", site)


def pdf(shown: Library, kind: str, locale: str = "en", paper: str = "letter", name: str = "rinsing") -> PdfReader:
    made = handouts.printed(shown, name, kind, locale, paper, SITE)
    assert made
    reader = PdfReader(io.BytesIO(made.data))
    assert len(reader.pages) == made.pages
    return reader


def said(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def tags(reader: PdfReader) -> list[dict[str, Any]]:
    """Every element of the structure tree."""
    found, waiting, seen = [], [reader.trailer["/Root"]["/StructTreeRoot"]], set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
        node = node.get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            waiting += [node["/K"]] if "/K" in node else []
    return found


def fonts(reader: PdfReader) -> dict[str, bool]:
    """Each font of the pages -> is it in the file?"""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            found[str(descriptor["/FontName"])] = any(f"/FontFile{number}" in descriptor for number in ("", 2, 3))
    return found


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_handout_is_tagged_with_language_and_title_and_holds_its_fonts(hub, kind, locale):
    reader = pdf(hub, kind, locale)
    root = reader.trailer["/Root"]
    title = f"{hub.modules['rinsing'].text(locale, 'en').facts.title} – {handouts.words(locale)['kinds'][kind]}"

    assert root["/Lang"] == LANGUAGE_TAGS[locale]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own truth
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata.title == title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert fonts(reader)
    assert all(fonts(reader).values())
    kinds = [element["/S"] for element in tags(reader)]
    assert kinds.count("/H1") == 1
    assert {"/P"} <= set(kinds)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_has_the_size_of_its_paper_and_its_number_in_the_language(hub, paper):
    for locale, number in (("en", "1 of"), ("es", "1 de"), ("fr", "1 sur")):
        reader = pdf(hub, "learner", locale, paper)

        assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == INCHES[paper]
        assert f"{number} {len(reader.pages)}" in said(reader)
        assert handouts.words(locale)["reviewed"].split("{")[0] in said(reader)
        assert "CC BY 4.0" in said(reader)


@pytest.mark.parametrize("kind", handouts.FOR_LEARNERS)
def test_what_learners_get_holds_no_key_and_no_note(hub, kind):
    written = document(hub, kind)

    assert [secret for secret in SECRETS if secret in written] == []
    assert "data-key" not in written
    assert words("en")["quiz"]["label_right"] not in written


def test_what_trainers_get_holds_all_of_it(hub):
    guide, answers = document(hub, "facilitator"), document(hub, "answers")

    assert [secret for secret in SECRETS if secret not in guide] == []
    assert [secret for secret in SECRETS if secret not in answers] == ["SECRET-NOTE", "SECRET-THING"]


def test_the_key_uses_the_letters_and_the_order_of_the_learner_handout(hub):
    blank, answers = document(hub, "learner"), document(hub, "answers")

    rows = dict(re.findall(r'<td>(\d)</td><th scope="row">.*?</th><td>(.*?)</td>', answers))
    lettered = {partner: letter for letter, partner in re.findall(r'class="letter">(\w)</td>\s*<td>(.*?)</td>', blank)}
    assert rows["1"] == "B"
    assert rows["2"] == "987\u00a0L ± 1\u00a0L"
    pairs = {"Lid": "Less vapor", "Timer": "Less idle flow", "Rack": "Less drag-out"}
    assert dict(re.findall(r"(\w+)\u00a0<strong>(\w)</strong>", rows["3"])) == {
        term: lettered[partner] for term, partner in pairs.items()
    }
    assert list(lettered) != list(pairs.values())
    assert re.findall(r"</span> (\w+)</li>", blank.partition('class="choices order"')[2])[:3] != [
        "Look",
        "Measure",
        "Change",
    ]
    assert re.sub("<.*?>", "", rows["4"]) == "1\u00a0Look · 2\u00a0Measure · 3\u00a0Change"


def test_links_are_printed_as_addresses_and_blanks_become_lines(hub):
    written = document(hub, "learner")

    assert '<a href="https://www.epa.gov/lean">the toolkit<span class="address"> (epa.gov/lean)</span></a>' in written
    assert "(hub.example/modules/rinsing)" in written
    assert "(hub.example/tools/stream-map)" in written
    assert "____" not in written
    assert written.count('class="blank"') >= 3


def test_without_the_hubs_address_its_pages_are_named_without_one(hub):
    written = document(hub, "learner", site=Site(True, ""))

    assert "the course" in written
    assert re.findall(r'href="(?!#|https://)', written) == []


def test_a_document_loads_nothing_and_its_figure_is_sharp(hub):
    written = document(hub, "learner")

    assert set(re.findall(r'src="([a-z]+:[a-z]+/[a-z+]+)', written)) == {"data:image/svg+xml"}
    assert "<script" not in written
    reader = pdf(hub, "learner")
    assert "Counterflow" in said(reader)  # words of the figure stay words
    assert [image for page in reader.pages for image in page.images] == []
    assert [element["/Alt"] for element in tags(reader) if element["/S"] == "/Figure"] == [
        "Two tanks, water flows from the second to the first."
    ]


def test_table_heads_are_heads_and_empty_rows_are_high_enough_to_write_in(hub):
    written = document(hub, "worksheet")

    assert '<table class="short form fixed">' in written
    assert '<th scope="col" style="width: 50.0%">Tank</th>' in written
    assert '<tr class="open">' in written
    assert "/TH" in {element["/S"] for element in tags(pdf(hub, "worksheet"))}


def test_a_number_in_a_column_to_the_right_stands_at_its_end_on_paper(tmp_path):
    table = (
        "| Tank | Liters of water in a day | How it is measured |\n| --- | ---: | :---: |\n| First | 5417 | meter |\n"
    )
    write(tmp_path, {**project(), **{f"modules/rinsing/{name}.md": text(name, body=table) for name in LOCALES}})
    at: dict[str, float] = {}

    def visit(words: str, _: object, matrix: list[float], *__: object) -> None:
        at.update({word: matrix[4] for word in ("5417", "Liters", "meter", "How") if words.strip().startswith(word)})

    for page in pdf(library.read(tmp_path / "modules", tmp_path / "content"), "learner").pages:
        page.extract_text(visitor_text=visit)

    assert at["5417"] > at["Liters"] + 60
    assert at["meter"] > at["How"] + 20


def test_the_same_text_gives_the_same_bytes(hub):
    first, second = (handouts.printed(hub, "rinsing", "facilitator", "fr", "a4", SITE) for _ in range(2))

    assert first == second


def test_a_module_without_worksheet_or_questions_has_none(tmp_path, capsys):
    write(tmp_path, project())
    shown = library.read(tmp_path / "modules", tmp_path / "content")

    assert document(shown, "worksheet") == ""
    assert document(shown, "learner")
    told = ["--modules-dir", str(tmp_path / "modules"), "--content", str(tmp_path / "content")]
    code = main(
        ["handouts", "rinsing", "--locale", "en", "--kind", "worksheet", "--output", str(tmp_path / "out"), *told]
    )
    assert code == 0
    assert "not made, the module has no worksheet." in capsys.readouterr().err


def test_the_command_writes_what_was_asked_for_and_says_its_pages(tmp_path, capsys, hub):
    told = ["--modules-dir", str(tmp_path / "modules"), "--content", str(tmp_path / "content")]
    out = tmp_path / "out"

    code = main(["handouts", "--locale", "es", "--kind", "worksheet", "--paper", "a4", "--output", str(out), *told])

    assert code == 0
    assert [file.name for file in out.iterdir()] == ["rinsing-worksheet-es-a4.pdf"]
    assert "rinsing-worksheet-es-a4.pdf: pages: 1; " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "said_"),
    [
        (["rinsign"], "rinsign: no module has this id. Did you mean `rinsing`?\n"),
        (["--paper", "b5"], "b5: not a paper. Choose one of letter, a4.\n"),
        (["--locale", "de"], "de: not a language of the hub. Choose one of en, es, fr, or all.\n"),
        (["--kind", "slides"], f"slides: not a kind of handout. Choose one of {', '.join(KINDS)}, or all.\n"),
    ],
)
def test_wrong_use_is_told_in_words(tmp_path, capsys, hub, wrong, said_):
    told = ["--modules-dir", str(tmp_path / "modules"), "--content", str(tmp_path / "content")]

    assert main(["handouts", *wrong, "--output", str(tmp_path / "out"), *told]) == 2
    assert capsys.readouterr().err == said_
    assert not (tmp_path / "out").exists()


@pytest.fixture
def without_weasyprint(monkeypatch):
    press._weasyprint.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    yield
    press._weasyprint.cache_clear()


def test_a_missing_extra_is_told_in_words(tmp_path, capsys, hub, without_weasyprint):
    told = ["--modules-dir", str(tmp_path / "modules"), "--content", str(tmp_path / "content")]

    assert main(["handouts", "--output", str(tmp_path / "out"), *told]) == 2
    assert capsys.readouterr().err == (
        "PDFs are made by WeasyPrint, which is not installed. Install it: pip install 'greensupply[handouts]', in a "
        "copy of the project: .venv/bin/pip install -e '.[handouts]'\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_missing_library_of_the_system_is_told_in_words(monkeypatch):
    def missing(name):
        raise OSError("cannot load library 'libpango-1.0-0'\nand much more")

    press._weasyprint.cache_clear()
    monkeypatch.setattr(press, "import_module", missing)
    with pytest.raises(press.Unavailable) as told:
        press.ready()

    assert str(told.value) == (
        "WeasyPrint does not find a library of the system (cannot load library 'libpango-1.0-0'). On Debian and "
        f"Ubuntu: sudo apt-get install {press.LIBRARIES}; elsewhere install Pango."
    )


def test_a_site_without_the_option_needs_no_weasyprint_and_offers_nothing(build_site, without_weasyprint):
    site = build_site()

    assert "gs-handouts" not in site.html("modules/rinsing") + site.html("modules/rinsing/facilitator")


def test_a_site_with_the_option_offers_what_each_reader_may_have(build_site, tmp_path):
    plugins = {"greensupply": {"modules_dir": str(tmp_path / "modules"), "handouts": True}}
    i18n = {"docs_structure": "folder", "languages": [{"locale": "en", "name": "English", "default": True}]}
    i18n["languages"].append({"locale": "fr", "name": "Français"})

    site = build_site(FILES, plugins=[plugins, {"i18n": i18n}])

    learner, trainer = site.html("fr/modules/rinsing"), site.html("fr/modules/rinsing/facilitator")
    assert re.findall(r'href="handouts/rinsing-(\w+)-fr-(\w+)\.pdf"', learner) == [
        (kind, paper) for kind in handouts.FOR_LEARNERS for paper in PAPERS
    ]
    assert re.findall(r'href="\.\./handouts/rinsing-(\w+)-fr-(\w+)\.pdf"', trainer) == [
        (kind, paper) for kind in KINDS for paper in PAPERS
    ]
    assert re.search(r">Feuille de travail, format Lettre \(PDF, pages\u00a0: 1, \d+\u00a0ko\)<", learner)
    for name in (
        "fr/modules/rinsing/handouts/rinsing-answers-fr-a4.pdf",
        "modules/rinsing/handouts/rinsing-answers-en-a4.pdf",
    ):
        assert (site.folder / name).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_of_the_handouts_are_the_same_keys_in_every_language(locale):
    def keys(value: object, path: str = "") -> set[str]:
        if not isinstance(value, dict):
            return {f"{path} {sorted(re.findall(r'{.*?}', value))}"}
        return set().union(*(keys(inner, f"{path}.{name}") for name, inner in value.items()))

    assert keys(handouts.words(locale)) == keys(handouts.words("en"))


def test_a_real_module_in_french_has_no_broken_table_and_no_empty_page(ours):
    name = "p2-into-lean"
    document = handouts.document(ours, name, "learner", "fr", "letter", SITE)
    reader = PdfReader(io.BytesIO(handouts.print_document(document).data))

    assert 15 < len(reader.pages) < 30
    assert all(len(page.extract_text()) > 300 for page in reader.pages)
    assert "False" not in document
    found = tags(reader)
    assert len([element for element in found if element["/S"] == "/Figure"]) >= 3
    assert all(element.get("/Alt") for element in found if element["/S"] == "/Figure")
    headings = [element["/S"] for element in found if re.fullmatch(r"/H\d", element["/S"])]
    assert headings.count("/H1") == 1
    assert headings.count("/H2") == document.count("<h2")
    notes = [note.text for note in ours.modules[name].texts["fr"].notes]
    assert notes
    text = said(reader)
    firsts = (re.sub(r"[*_\s-]+", " ", note).strip()[:50] for note in notes)
    assert [first for first in firsts if first in text] == []


def test_the_tags_of_lists_and_paragraphs_are_nested_as_the_standard_allows(hub):
    allowed = {"/LI": {"/Lbl", "/LBody"}, "/L": {"/LI", "/L"}, "/TR": {"/TH", "/TD"}}
    for kind in KINDS:
        for element in tags(pdf(hub, kind)):
            inner = element.get("/K", [])
            inner = [each.get_object() for each in (inner if isinstance(inner, list) else [inner])]
            names = {each["/S"] for each in inner if isinstance(each, dict) and "/S" in each}
            assert names <= allowed.get(element["/S"], names), (kind, element["/S"], names)
            assert element["/S"] not in {"/P", "/H1", "/H2"} or not names & {"/P", "/H1", "/H2"}

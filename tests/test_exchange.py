"""`greensupply export` and `greensupply import`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from builders import CHOICE, EVERYTHING, FACTS, module, project, text, write
from greensupply import freshness, interchange, segments, yaml_text
from greensupply.cli import main
from greensupply.errors import GreenSupplyError
from greensupply.interchange import Exchange, Unit
from greensupply.model import Module
from greensupply.written import ModuleFacts
from hypothesis import given, settings
from hypothesis import strategies as st

MODULES = Path(__file__).parent.parent / "modules"
CORE = sorted(file.parent.name for file in MODULES.glob("*/module.yml"))
BODY = "Use **less** `water`, see [Lean](../lean/en.md).\n\n| Tank | Litres |\n|---|---|\n| A | 12,500 |\n"
ES = {
    "title": "Enjuague",
    "summary": "Cómo: enjuagar",
    "objective-1": "Elegir un enjuague.",
    "s1.h2": "Por qué enjuagar",
    "s1.paragraph-1": "Las piezas sacan solución.",
    "s1.paragraph-2": "Use **menos** `agua`, vea [Lean](../lean/en.md).",
    "s1.cell-1": "Tina",
    "s1.cell-2": "Litros",
    "s1.cell-3": "A",
    "s1.cell-4": "12,500",
    "question.at-the-source.prompt": "¿Qué cambio previene?",
    "question.at-the-source.choice-1": "Una prensa",
    "question.at-the-source.feedback-1": "Trata residuos.",
    "question.at-the-source.choice-2": "Enjuague a contracorriente",
    "question.at-the-source.feedback-2": "Menos agua.",
    "question.at-the-source.hint-1": "Vea el orden.",
}
FORMS = pytest.mark.parametrize("form", interchange.FORMATS)


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A module in English, with a table and a link; no translation."""
    write(tmp_path, project(module(en=text(body=BODY))))
    (tmp_path / "modules/rinsing/es.md").unlink()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(form: str = "xliff", locale: str = "es", name: str = "rinsing") -> Path:
    assert main(["export", name, "--locale", locale, "--format", form, "--out", "x"]) == 0
    return Path("x")


def fill(file: Path, targets: dict[str, str], **unsure: bool) -> None:
    """Translate as a tool does: other words, nothing else."""
    data = file.read_bytes()
    found = interchange.read(data, "x")
    units = tuple(
        Unit(
            u.id,
            u.source,
            targets.get(u.id, u.target),
            not unsure.get("fuzzy") if u.id in targets else u.sure,
            place="a:1",
        )
        for u in found.units
    )
    form = "xliff" if data.startswith(b"<?xml") else "po"
    file.write_bytes(interchange.write(Exchange(found.module, found.locale, units), form))


def take(*more: str) -> int:
    return main(["import", "x", *more])


def translated(hub: Path) -> Path:
    """The hub with its first translation."""
    fill(export(), ES)
    assert take() == 0
    return hub / "modules/rinsing/es.md"


@pytest.mark.parametrize(
    ("name", "locale", "form"),
    [
        (name, locale, form)
        for one, name in enumerate(CORE)
        for two, locale in enumerate(("es", "fr"))
        for three, form in enumerate(interchange.FORMATS)
        if EVERYTHING or (one + two + three) % 2 == 0
    ],
)
def test_a_core_module_comes_back_the_same_to_the_byte(name, locale, form, tmp_path, monkeypatch, capsys):
    shutil.copytree(MODULES / name, tmp_path / "modules" / name)
    monkeypatch.chdir(tmp_path)
    export(form, locale, name)
    count = len(interchange.read(Path("x").read_bytes(), "x").units)

    assert take() == 0

    assert f"{locale}.md: 0 taken, {count} unchanged, 0 left out." in capsys.readouterr().out
    assert (tmp_path / f"modules/{name}/{locale}.md").read_bytes() == (MODULES / f"{name}/{locale}.md").read_bytes()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        (name, form)
        for one, name in enumerate(CORE)
        for two, form in enumerate(interchange.FORMATS)
        if EVERYTHING or (one + two) % 2 == 0
    ],
)
def test_a_core_module_translated_from_nothing_has_the_words_and_the_structure(name, form, tmp_path, monkeypatch):
    shutil.copytree(MODULES / name, tmp_path / "modules" / name)
    monkeypatch.chdir(tmp_path)
    export(form, "es", name)
    (tmp_path / f"modules/{name}/es.md").unlink()

    assert take() == 0

    def words(file: Path) -> list[str]:
        """Lines without stamps, in one way of quoting."""
        lines = re.sub(r"^translated_from:\n(?:  .*\n)*", "", file.read_text(encoding="utf-8"), flags=re.M).split("\n")
        return [re.sub(r"^(\w+: |- )\"(.*)\"$", r"\1\2", line) for line in lines]

    assert words(tmp_path / f"modules/{name}/es.md") == words(MODULES / name / "es.md")


@FORMS
def test_a_first_translation_has_the_frame_of_the_source_and_is_stamped(hub, form, capsys):
    fill(export(form), ES)

    assert take() == 0

    made = (hub / "modules/rinsing/es.md").read_text(encoding="utf-8")
    said = capsys.readouterr().out
    assert (
        "modules/rinsing/es.md: 16 taken, 0 unchanged, 0 left out.\nStamped as up to date: .head, why-rinse.\n" in said
    )
    assert re.sub(r'"[0-9a-f]{10}"', "…", made) == (
        '---\ntitle: Enjuague\nsummary: "Cómo: enjuagar"\nobjectives:\n- Elegir un enjuague.\n'
        "translated_from:\n  .head: …\n  why-rinse: …\n---\n"
        "## Por qué enjuagar\n\nLas piezas sacan solución.\n\n"
        "Use **menos** `agua`, vea [Lean](../lean/es.md).\n\n| Tina | Litros |\n|---|---|\n| A | 12,500 |\n\n\n"
        "/// question | ¿Qué cambio previene?\n    id: at-the-source\n\n- [ ] Una prensa\n    - Trata residuos.\n"
        "- [x] Enjuague a contracorriente\n    - Menos agua.\n\n//// hint\nVea el orden.\n////\n///\n"
    )


@FORMS
def test_line_ends_byte_order_mark_and_spelling_of_what_is_unchanged_stay(hub, form):
    file = translated(hub)
    raw = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n").replace(
        b"title: Enjuague", b"title:  'Enjuague' # x"
    )
    raw = raw.rstrip()
    file.write_bytes(raw)
    fill(export(form), {"s1.paragraph-1": "Una.\nDos."})

    assert take() == 0

    assert file.read_bytes() == raw.replace("Las piezas sacan solución.".encode(), b"Una.\r\nDos.")


def test_a_segment_whose_english_changed_is_named_and_the_others_are_taken(hub, capsys):
    file = translated(hub)
    fill(export(), {"s1.paragraph-1": "Otra cosa.", "s1.h2": "¿Por qué?"})
    en = hub / "modules/rinsing/en.md"
    en.write_text(en.read_text().replace("Parts carry solution", "All parts carry solution"))
    before = file.read_text()
    capsys.readouterr()

    assert take() == 0

    assert file.read_text() == before.replace("## Por qué enjuagar", "## ¿Por qué?")
    [line] = [
        number for number, line in enumerate(Path("x").read_text().split("\n"), 1) if 'id="s1.paragraph-1"' in line
    ]
    assert capsys.readouterr().out == (
        "modules/rinsing/es.md: 1 taken, 14 unchanged, 1 left out.\n"
        f"  x:{line}: segment `s1.paragraph-1` was not taken: its English changed in modules/rinsing/en.md:9. "
        "Export again, and translate the new words.\n"
    )


def test_a_segment_that_moved_is_found_by_its_english(hub, capsys):
    translated(hub)
    export()
    en = hub / "modules/rinsing/en.md"
    en.write_text(en.read_text().replace("Parts carry", "A new paragraph.\n\nParts carry"))
    fill(Path("x"), {"s1.paragraph-1": "Piezas.", "title": "Enjuagar"})

    assert take() == 1
    assert (
        "x:1: segment `s1.paragraph-1` of modules/rinsing/en.md:9 is not in this file. "
        "Translate it, or import with --partial: the section then stays as it is.\nProblems: 1. Nothing was written.\n"
    ) in capsys.readouterr().err

    fill(
        export(),
        {
            "s1.paragraph-1": "Nuevo.",
            "s1.paragraph-2": "Piezas.",
            "s1.paragraph-3": "Use **a** `b` [c](../lean/es.md).",
        },
    )
    refill = {identifier: words for identifier, words in ES.items() if not identifier.startswith("s1.paragraph")}
    fill(Path("x"), refill)
    assert take() == 0
    assert "Nuevo.\n\nPiezas.\n\nUse **a**" in (hub / "modules/rinsing/es.md").read_text()


def test_what_is_stale_goes_out_as_not_sure_and_comes_back_fresh(hub, capsys):
    translated(hub)
    en = hub / "modules/rinsing/en.md"
    en.write_text(en.read_text().replace("Parts carry solution", "All parts carry solution"))
    capsys.readouterr()
    export()
    assert capsys.readouterr().out == "x: 16 segments, 3 translated, 13 to look at again.\n"

    fill(Path("x"), ES)
    Path("x").write_text(Path("x").read_text().replace('state="initial"', 'state="translated"'))

    assert take() == 0
    assert "0 taken, 16 unchanged, 0 left out.\nStamped as up to date: why-rinse.\n" in capsys.readouterr().out


@FORMS
def test_what_is_missing_is_refused_and_with_partial_keeps_the_present_words(hub, form, capsys):
    file = translated(hub)
    before = file.read_text()
    fill(export(form), {"s1.cell-1": "Tanque", "s1.cell-2": ""})
    capsys.readouterr()

    assert take() == 1
    said = re.sub(r"x:\d+", "x:N", capsys.readouterr().err)
    assert said == (
        "x:N: segment `s1.cell-2` has no translation. Translate it, or import with --partial to keep the present one.\n"
        "Problems: 1. Nothing was written.\n"
    )
    assert file.read_text() == before

    assert take("--partial") == 0
    assert re.sub(r'".{10}"', "", file.read_text()) == re.sub(r'".{10}"', "", before.replace("| Tina", "| Tanque"))
    assert "1 taken, 14 unchanged, 1 left out.\n" in capsys.readouterr().out


@FORMS
def test_what_the_translator_is_not_sure_of_is_not_taken(hub, form, capsys):
    translated(hub)
    fill(export(form), {"s1.cell-1": "Tanque"}, fuzzy=True)

    assert take() == 1
    assert "segment `s1.cell-1` is marked as not sure (fuzzy, initial). " in capsys.readouterr().err


def test_a_first_translation_is_whole_or_not_at_all(hub, capsys):
    fill(export(), {**ES, "s1.h2": ""})

    assert take("--partial") == 1
    assert re.sub(r"x:\d+", "x:N", capsys.readouterr().err) == (
        "x:N: segment `s1.h2` has no translation. Translate it; there is no present translation that could stay.\n"
        "Problems: 1. Nothing was written.\n"
    )
    assert not (hub / "modules/rinsing/es.md").exists()


BROKEN = {
    "code": ("s1.paragraph-2", "Use **menos** `agua, vea [Lean](../lean/es.md).", "has a backtick without its partner. Close the code with a second backtick."),
    "structure": ("s1.cell-1", "Tina | tanque", "would change the structure around it. Write it in one piece: no blank line, nothing that begins a block, heading, list or cell (`///`, `#`, `-`, `|`)."),
    "a key": ("question.at-the-source.choice-1", "Una\n- [x] prensa", "would change the structure around it. Write it in one piece: no blank line, nothing that begins a block, heading, list or cell (`///`, `#`, `-`, `|`)."),
    "script": ("s1.h2", "<script>Por qué", "raw HTML `<script>` is not allowed. Write it in Markdown; for a plain sign write `&lt;`."),
    "too long": ("summary", "a" * 301, "`summary` is 301"),
    "link": ("s1.paragraph-2", "**menos** `agua` [Lean](javascript:x)", "has lost the link `../lean/es.md`. Copy it from the English, sign by sign."),
}  # fmt: skip


@FORMS
@pytest.mark.parametrize(("name", "words", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_segment_is_named_and_nothing_is_written(hub, form, name, words, message, capsys):
    fill(export(form), {**ES, name: words})

    assert take() == 1
    said = capsys.readouterr().err
    if name == "summary":
        assert "segment `summary`: " in said
    else:
        assert re.search(rf"x:\d+: segment `{re.escape(name)}`:? {re.escape(message)}\n", said), said
    assert not (hub / "modules/rinsing/es.md").exists()


HEAD = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="es-MX">'
FILE = '<file id="f" original="modules/rinsing/en.md">'
UNIT = '<unit id="title"><segment><source>Rinsing</source><target>Enjuague</target></segment></unit>'
ASK = "Take the file that `greensupply export` wrote; the tool must leave its head as it is."
PO = 'msgid ""\nmsgstr ""\n"X-Green-Supply-Module: rinsing\\n"\n"Language: es\\n"\n'
AGAIN = "Save the file anew from your translation tool, or export the module again."
BAD = {
    "no file for translators": (b"%PDF-1.4\n", "x:1: is neither XLIFF 2 nor PO. Name a file that `greensupply export` wrote and your tool saved in the same format."),
    "empty": (b"", "x:1: is neither XLIFF 2 nor PO. Name a file that `greensupply export` wrote and your tool saved in the same format."),
    "damaged XML": (f"{HEAD}\n<file", f"x:2: the XML is damaged here. {AGAIN}"),
    "other XML": ("<html/>", "x:1: is XML, but not XLIFF 2. Export it with `--format xliff`, and let your tool save the same version."),
    "XLIFF 1.2": ('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "x:1: is XLIFF 1.2, not 2.0 or 2.1. Export it with `--format xliff`, and let your tool save the same version. A tool that knows only XLIFF 1 reads `--format po`."),
    "an entity": (f'<!DOCTYPE xliff [<!ENTITY e SYSTEM "file:///etc/passwd">]>{HEAD}{FILE}&e;</file></xliff>', "x:1: a DOCTYPE is not allowed. Delete the line `<!DOCTYPE …>`."),
    "no module": (f'{HEAD}<file id="f">{UNIT}</file></xliff>', f"x:1: does not say which module it is of. {ASK}"),
    "a path as module": (f'{HEAD}<file id="f" original="../en.md">{UNIT}</file></xliff>', f"x:1: does not say which module it is of. {ASK}"),
    "no locale": (f"{HEAD.replace('es-MX', 'de')}{FILE}{UNIT}</file></xliff>", "x:1: its target language is `de`. The hub is translated into es, fr; export it again with --lang."),
    "nothing in it": (f"{HEAD}{FILE}</file></xliff>", "x:1: holds no segment. Export the module again."),
    "a segment twice": (f"{HEAD}{FILE}{UNIT}\n{UNIT}</file></xliff>", "x:2: the segment `title` stands here and in line 1. Keep one of the two."),
    "not UTF-8": (b'msgid ""\nmsgstr "\xe9"\n', "x:2: is not UTF-8. Save it as UTF-8 in your translation tool."),
    "damaged PO": (f'{PO}\nmsgid "a"\nmsgstr "b\n', "x:7: is no valid PO file here. Mend that line, or save the file anew from your translation tool."),
    "PO of another project": ('msgid ""\nmsgstr ""\n"Language: fr_CA\\n"\n\nmsgid "a"\nmsgstr "b"\n', f"x:1: does not say which module it is of. {ASK}"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_a_file_that_is_not_ours_or_damaged_is_refused_in_words(hub, data, message, capsys):
    Path("x").write_bytes(data if isinstance(data, bytes) else data.encode())

    assert take() == 1
    assert capsys.readouterr().err == f"{message}\nProblems: 1. Nothing was written.\n"


WRONG = {
    "no module": (["export", "nope", "--locale", "es"], "nope: no such module in modules/. Modules are: rinsing.\n"),
    "a path": (["export", "../modules/rinsing", "--locale", "es"], "../modules/rinsing: no such module in modules/. Modules are: rinsing.\n"),
    "no file": (["import", "gone.xlf"], "gone.xlf: no such file.\n"),
    "a folder": (["export", "rinsing", "--locale", "es", "--out", "modules"], "modules: is a folder. Name a file with --out.\n"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_said_in_a_line(hub, arguments, message, capsys):
    assert main(arguments) == 2
    assert capsys.readouterr().err == message


def test_a_module_that_is_not_there_any_more_is_said(hub, capsys):
    export()
    shutil.move("modules/rinsing", "modules/washing")

    assert take() == 2
    assert capsys.readouterr().err == "rinsing: no such module in modules/. Modules are: washing.\n"


def test_what_a_tool_adds_to_xliff_is_understood(hub):
    cut = (
        '<unit id="s1.paragraph-1"><segment><source>One. </source><target>Uno. </target></segment>'
        '<ignorable><source> </source></ignorable><segment state="final"><source>Two <mrk id="m1">x</mrk>.</source>'
        '<target>Dos <mrk id="m1">x</mrk><cp hex="001B"/>.</target></segment></unit>'
    )

    [unit] = interchange.read(f"{HEAD}{FILE}{cut}</file></xliff>".encode(), "x").units

    assert (unit.source, unit.target, unit.sure) == ("One.  Two x.", "Uno.  Dos x\x1b.", True)


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=40)


@FORMS
@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(WORDS, st.one_of(st.just(""), WORDS)), min_size=1, max_size=4))
def test_any_words_come_through_either_format(form, words):
    words = [(source, target) for source, target in words if source.strip() and (target.strip() or not target)]
    units = tuple(Unit(f"s1.cell-{place}", *pair, place="a.md:1", note="cell") for place, pair in enumerate(words, 1))
    if not units:
        return

    data = interchange.write(Exchange("rinsing", "fr", units), form)

    found = interchange.read(data, "x")
    assert (found.module, found.locale) == ("rinsing", "fr")
    assert [(u.id, u.source, u.target) for u in found.units] == [(u.id, u.source, u.target) for u in units]


@FORMS
def test_a_translation_tool_reads_the_file_and_what_it_writes_comes_back(hub, form):
    """The Translate Toolkit, on which Weblate, Pootle and Virtaal stand, reads and writes independently of ours."""
    storage = pytest.importorskip("translate.storage.xliff2" if form == "xliff" else "translate.storage.pypo")
    file = export(form)
    store = (storage.Xliff2File if form == "xliff" else storage.pofile).parsefile(str(file))
    for unit in store.units:
        if not unit.isheader():
            name = unit.getid() if form == "xliff" else unit.getcontext()
            unit.target = ES[name]
            unit.markfuzzy(False)
    store.savefile(str(file))

    assert take() == 0
    assert "Use **menos** `agua`, vea [Lean](../lean/es.md)." in (hub / "modules/rinsing/es.md").read_text()
    assert "- [x] Enjuague a contracorriente" in (hub / "modules/rinsing/es.md").read_text()


def test_a_translation_whose_answers_are_marked_otherwise_is_not_made_worse_by_an_import(hub, capsys):
    """The check tells of it; an import complains only of what it brings."""
    file = translated(hub)
    swapped = CHOICE.replace("[ ]", "[?]").replace("[x]", "[ ]").replace("[?]", "[x]")
    assert swapped != CHOICE
    file.write_text(file.read_text().replace("- [ ]", "- [?]").replace("- [x]", "- [ ]").replace("- [?]", "- [x]"))
    fill(export(), {"title": "Enjuagar"})

    assert take() == 0
    assert "title: Enjuagar\n" in file.read_text()
    assert "modules/rinsing/es.md: not stamped, as its structure is not that of en.md" in capsys.readouterr().out


SIGNS = st.lists(
    st.sampled_from(["\n", "\n\n", "- ", "[x] ", "|", "# ", "///", "////", "`", "**", "[a](b)", "{", "}", '"', ": ", "    ", "é", "1", "word "]),
    max_size=8,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(ES)), st.one_of(SIGNS, WORDS))
def test_whatever_a_translator_writes_is_refused_or_stands_in_its_place_and_nothing_else_changes(name, words):
    english = text(body=BODY)
    source = freshness.read(english, "modules/rinsing/en.md", "en")
    facts = yaml_text.typed(ModuleFacts, yaml_text.load(FACTS.format(id="rinsing"), "module.yml"), "module.yml")
    rinsing = Module(facts, "module.yml", {"en": source})
    sent = interchange.exchange("rinsing", "es", source, english, None, "")
    units = tuple(Unit(unit.id, unit.source, {**ES, name: words}[unit.id], line=1) for unit in sent.units)

    try:
        made = interchange.merged(Exchange("rinsing", "es", units), "x", rinsing, english, "", partial=False).text
    except GreenSupplyError:
        return

    found = {segment.id: segment.text for segment in segments.segments_of(segments.cut(made))}
    expected = {**ES, name: words.replace("\r\n", "\n").replace("\r", "\n").strip()}
    assert found == {identifier: segments.localised(target, "es") for identifier, target in expected.items()}
    assert freshness.read(made, "es.md", "es").questions[0].key == source.questions[0].key


def test_a_section_that_only_one_of_the_two_has_is_kept_or_waits_for_its_translation(hub, capsys):
    file = translated(hub)
    en = hub / "modules/rinsing/en.md"
    en.write_text(en.read_text() + "\n## New\n\n- One\n- Two\n")
    stamps_before = re.findall(r".*\"[0-9a-f]{10}\"", file.read_text())
    fill(export(), {"s1.h2": "Razones"})

    assert take("--partial") == 0
    assert "x:1: " not in capsys.readouterr().out
    assert "## Razones\n" in file.read_text()
    assert "New" not in file.read_text()
    assert re.findall(r".*\"[0-9a-f]{10}\"", file.read_text()) == stamps_before

    fill(export(), {"s2.h2": "Nuevo", "s2.item-1": "Uno", "s2.item-2": "Dos"})
    assert take() == 0
    assert file.read_text().endswith("////\n///\n\n## Nuevo\n\n- Uno\n- Dos\n")

    en.write_text(en.read_text().replace("\n## New\n\n- One\n- Two\n", ""))
    capsys.readouterr()
    export()
    assert take() == 0
    assert file.read_text().endswith("## Nuevo\n\n- Uno\n- Dos\n")
    line = file.read_text().split("\n").index("## Nuevo") + 1
    assert (
        f"x:1: the section at modules/rinsing/es.md:{line} has no match in modules/rinsing/en.md. "
        "It was kept; delete it there if it is not needed.\n"
    ) in capsys.readouterr().out


def test_a_new_objective_comes_in_and_the_stamps_of_other_sections_stay(hub):
    file = translated(hub)
    en = hub / "modules/rinsing/en.md"
    en.write_text(
        en.read_text().replace("objectives:\n", "objectives:\n- Measure flow.\n").replace("Parts carry", "All carry")
    )
    stamp = re.findall(r"why-rinse: .*", file.read_text())
    export()
    head = {
        "title": ES["title"],
        "summary": ES["summary"],
        "objective-1": "Medir el flujo.",
        "objective-2": "Elegir: un enjuague.",
    }
    fill(Path("x"), head)

    assert take() == 0

    made = file.read_text()
    assert 'objectives:\n- Medir el flujo.\n- "Elegir: un enjuague."\ntranslated_from:\n' in made
    assert re.findall(r"why-rinse: .*", made) == stamp

"""Numbers 1 to 31 of the project's list of bad inputs, and more: the exact message, and nothing but it.

Each case lays one broken file over the smallest good hub. What is good in the same hub must not be complained about.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from builders import CHOICE, FACTS, PATHWAYS, SOURCES, module, project, text, write
from greensupply import library
from greensupply.errors import GreenSupplyError

YML = FACTS.format(id="rinsing")
EN = "modules/rinsing/en.md"
M = "modules/rinsing/module.yml"


def problems(root: Path, files: dict[str, str | bytes | None]) -> list[str]:
    write(root, project(files))  # type: ignore[arg-type]
    try:
        library.read(root / "modules", root / "content")
    except GreenSupplyError as error:
        return [str(problem) for problem in error.problems]
    return []


def yml(old: str, new: str) -> dict[str, str]:
    assert old in YML
    return {M: YML.replace(old, new)}


def body(words: str, **more: str) -> dict[str, str]:
    """The same words in each language, so that only what is wrong with them is reported; checked in English."""
    return {f"modules/rinsing/{locale}.md": text(locale, body=words, **more) for locale in ("en", "es", "fr")}


CASES = {
    # Metadata
    "01 front matter not closed": (
        {EN: "---\ntitle: Rinsing\n"},
        [f"{EN}:1:1: the front matter is not closed. Write `---` on a line of its own after its last key."],
    ),
    "02 no front matter": (
        {EN: "# Rinsing\n"},
        [
            f"{EN}:1:1: does not begin with front matter. Begin the file with `---`, the keys `title:` and so on, and `---`."
        ],
    ),
    "02 empty front matter": (
        {EN: "---\n\n---\n"},
        [f"{EN}:1:1: the front matter is empty. Write `title:` and the other keys between the two `---`."],
    ),
    "02 empty file": (
        {EN: ""},
        [
            f"{EN}:1:1: does not begin with front matter. Begin the file with `---`, the keys `title:` and so on, and `---`."
        ],
    ),
    "03 a second colon": (
        {EN: text(title="Rail: basics")},
        [f'{EN}:2:12: a second colon in one line confuses YAML. Put straight quotes around the value: key: "a: b".'],
    ),
    "04 a tab": (
        {M: YML.replace("audience: [supplier]", "audience:\n\t- supplier")},
        [f"{M}:4:1: a tab at the start of a line. Indent with spaces."],
    ),
    "05 a list": (
        {M: "- a\n- b\n"},
        [f"{M}:1:1: these lines are not a map of keys and values. Write `key: value` lines."],
    ),
    "05 a scalar": (
        {M: "hello\n"},
        [f"{M}:1:1: these lines are not a map of keys and values. Write `key: value` lines."],
    ),
    "06 a key twice": (
        {M: YML + "level: advanced\n"},
        [f"{M}:11:1: `level` stands here and in line 4. Keep one of the two."],
    ),
    "07 an unknown key": (
        yml("topics: [rinsing]", "topics: [rinsing]\nduratoin: 5"),
        [
            f"{M}:8:1: unknown key `duratoin`. Keys here are: audience, id, level, minutes, pass_mark, prerequisites, "
            "reviewed, revision, sources, status, topics."
        ],
    ),
    "07 a misspelt key": (
        yml("revision: 1", "revison: 1"),
        [
            f"{M}:1:1: `revision` is missing. Add `revision: …` (Raised when what is learned changes; records keep it).",
            f"{M}:2:1: unknown key `revison`. Did you mean `revision`?",
        ],
    ),
    "08 a missing key": (
        yml("minutes: 45\n", ""),
        [
            f"{M}:1:1: `minutes` is missing. Add `minutes: …` (Online study time of one person, quizzes included, in minutes)."
        ],
    ),
    "09 no is false": (
        yml("topics: [rinsing]", "topics: [no]"),
        [f'{M}:7:10: YAML reads `no` as `false`. Write that, or put quotes around it if it is text, "like this".'],
    ),
    "09 1:30 is 90": (
        yml("minutes: 45", "minutes: 1:30"),
        [f'{M}:5:10: YAML reads `1:30` as `90`. Write that, or put quotes around it if it is text, "like this".'],
    ),
    "09 010 is 8": (
        yml("minutes: 45", "minutes: 010"),
        [f'{M}:5:10: YAML reads `010` as `8`. Write that, or put quotes around it if it is text, "like this".'],
    ),
    "09 infinity": (
        yml("pass_mark: 0.8", "pass_mark: .inf"),
        [
            f"{M}:8:1: `pass_mark` is `inf`: it must be a finite number. "
            "It is: least score that passes, above 0 and up to 1: 0.8 is 80 %."
        ],
    ),
    "09 nothing": (
        yml("level: introductory", "level:"),
        [f"{M}:4:1: `level` is `nothing`. Write one of 'introductory', 'intermediate' or 'advanced'."],
    ),
    "09 a number as title": (
        {EN: text(title="2026")},
        [f'{EN}:2:1: `title` must be text; YAML reads `2026` here. Put quotes around it, "like this".'],
    ),
    "09 an unreachable pass mark": (
        yml("pass_mark: 0.8", "pass_mark: 80"),
        [
            f"{M}:8:1: `pass_mark` is `80`: the greatest value is 1. "
            "It is: least score that passes, above 0 and up to 1: 0.8 is 80 %."
        ],
    ),
    "10 no such day": (
        yml("reviewed: 2026-11-24", "reviewed: 2026-02-30"),
        [
            f'{M}:9:11: `2026-02-30` is not a valid value. Correct it, or put quotes around it if it is text, "like this".'
        ],
    ),
    "10 not a date": (
        yml("reviewed: 2026-11-24", "reviewed: last week"),
        [
            f"{M}:9:1: `reviewed` must be a date such as 2026-11-24, without quotes; YAML reads `last week` here. "
            "Correct the value."
        ],
    ),
    "11 an alias bomb": (
        {M: "a: &a [x, x]\nb: &b [*a, *a]\n"},
        [
            f"{M}:1:4: an anchor (&) is not allowed in this YAML. "
            "Write the value out, or put quotes around it if the sign belongs to the text."
        ],
    ),
    "11 100,000 brackets": (
        {M: "[" * 100_000},
        [f"{M}:1: more than 16,384 bytes of YAML. Keep data short; text goes below."],
    ),
    "11 10,000 brackets": (
        {M: "a: " + "[" * 10_000},
        [f"{M}:1:9: brackets or lists nested more than 6 deep. Flatten them."],
    ),
    "11 100,000 brackets in front matter": (
        {EN: f"---\ntitle: {'[' * 100_000}\n---\n"},
        [f"{EN}:2: more than 16,384 bytes of YAML. Keep data short; text goes below."],
    ),
    "11 5 MB": ({M: "a: " + "x" * 5_000_000}, [f"{M}:1: more than 300,000 bytes. Split it."]),
    "11 5,000 digits": (
        yml("revision: 1", "revision: " + "9" * 5000),
        [f"{M}:2:11: a number of more than 30 digits. Write a smaller one."],
    ),
    "12 a Python object": (
        {M: "!!python/object/apply:os.system [echo]\n"},
        [
            f"{M}:1:1: a tag (!) is not allowed in this YAML. "
            "Write the value out, or put quotes around it if the sign belongs to the text."
        ],
    ),
    "14 latin-1": (
        {EN: text(title="Caf").replace("Caf", "Café").encode("latin-1")},
        [
            f"{EN}:2:11: is not UTF-8 (byte 0xE9); it looks like Windows-1252. Save it as UTF-8 (in the editor: Save with encoding)."
        ],
    ),
    "14 UTF-16": (
        {EN: text().encode("utf-16")},
        [f"{EN}:1: is UTF-16, not UTF-8. Save it as UTF-8 (in the editor: Save with encoding)."],
    ),
    "14 NUL": (
        {EN: text(body="a\0b")},
        [
            f"{EN}:11:2: holds a NUL character; it may be UTF-16 without a mark, or not a text file. "
            "Save it as UTF-8 (in the editor: Save with encoding)."
        ],
    ),
    "15 a merge conflict": (
        {EN: text(body="<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch")},
        [f"{EN}:11:1: holds the marks of a merge conflict. Keep one of the two versions and delete the marks."],
    ),
    "16 an id that is a path": (
        yml("id: rinsing", "id: ../../x"),
        [
            f"{M}:1:1: `id` is `../../x`, which has not the right form. "
            "Write small letters a to z, digits and single hyphens, such as `water-efficiency`."
        ],
    ),
    "16 a Windows device": (
        yml("id: rinsing", "id: con"),
        [f"{M}:1:1: `id` is a device name on Windows. Choose another name."],
    ),
    "16 a Cyrillic letter": (
        yml("id: rinsing", "id: rinsаng"),
        [
            f"{M}:1:1: `id` is `rinsаng`, which has not the right form. "
            "Write small letters a to z, digits and single hyphens, such as `water-efficiency`."
        ],
    ),
    "16 300 letters": (
        yml("id: rinsing", "id: " + "x" * 300),
        [
            f"{M}:1:1: `id` is `{'x' * 60}…`: at most 64 characters are allowed. "
            "It is: name of the module's folder; never changes, records refer to it."
        ],
    ),
    "16 not the folder's name": (
        yml("id: rinsing", "id: rinse"),
        [f"{M}:1:1: `id` is `rinse`, but the folder is called `rinsing`. Make the two the same; the id never changes."],
    ),
    "19 a line break in a title": (
        {EN: text(title='"a\\nb"')},
        [f"{EN}:2:1: `title` holds a line break or a control character. Rewrite it on one line."],
    ),
    "19 a hidden turn of reading": (
        {EN: text(title='"a\\u202eb"')},
        [f"{EN}:2:1: `title` holds an invisible character that turns the reading direction. Type it anew."],
    ),
    "20 an unknown prerequisite": (
        yml("prerequisites: []", "prerequisites: [washing]"),
        [f"{M}:6:17: the prerequisite `washing` does not exist. Modules are: rinsing."],
    ),
    "20 a circle": (
        {
            **yml("prerequisites: []", "prerequisites: [washing]"),
            **module("washing", module=FACTS.format(id="washing").replace("sites: []", "sites: [rinsing]")),
        },
        [f"{M}:6:17: the prerequisites go round in a circle: rinsing → washing → rinsing. Take one of them out."],
    ),
    "20 an unknown source": (
        yml("[LEAN-01]", "[LEAN-01, LEAN-99]"),
        [
            f"{M}:10:20: `sources` names the fact `LEAN-99`, which modules/sources.yml does not know. "
            "Correct it, or add it under `facts` in modules/sources.yml."
        ],
    ),
    "a fact without its source": (
        {"modules/sources.yml": SOURCES.replace("[LETK]", "[LETK, NONE]")},
        [
            "modules/sources.yml:8:29: the fact `LEAN-01` names the source `NONE`, which does not exist. Add it under `sources:`."
        ],
    ),
    "a pathway with an unknown module": (
        {"modules/pathways.yml": PATHWAYS.replace("[rinsing]", "[rinsing, washing]")},
        [
            "modules/pathways.yml:6:22: the pathway `supplier` names the module `washing`, which does not exist. Modules are: rinsing."
        ],
    ),
    "a missing folder file": (
        {"modules/empty/notes.txt": "x"},
        [
            "modules/empty/en.md:1: does not exist. Write the module in English first.",
            "modules/empty/module.yml:1: cannot be read (No such file or directory). Check the name of the file and its permissions.",
        ],
    ),
    "21 a link to a removed module": (
        {EN: text(body="[Washing](../washing/en.md)")},
        [f"{EN}:11:1: the link `../washing/en.md` leads to no file. Correct the name, or add the file."],
    ),
    "a page that links to a removed module": (
        {"content/en/index.md": "---\ntitle: a\ndescription: b\n---\n\nSee [w](../../modules/washing/en.md).\n"},
        [
            "content/en/index.md:6:5: the link `../../modules/washing/en.md` leads to no file. Correct the name, or add the file."
        ],
    ),
    "a page with unknown front matter": (
        {"content/en/index.md": "---\ntitle: a\ndescription: b\ntemplat: home.html\n---\n"},
        ["content/en/index.md:4:1: unknown key `templat`. Did you mean `template`?"],
    ),
    # Text
    "an image that is not there": (
        {EN: text(body="![Tanks](figures/tanks.svg)")},
        [f"{EN}:11:1: the image `figures/tanks.svg` leads to no file. Correct the name, or add the file."],
    ),
    "an image without words": (
        {
            EN: text(body="![](figures/tanks.svg)"),
            "modules/rinsing/figures/tanks.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        },
        [
            f"{EN}:11:1: the image `figures/tanks.svg` has no alternative text. "
            "Say between the brackets what the image says: `![Rinse tanks in a row](…)`."
        ],
    ),
    "an image on another site": (
        {EN: text(body="![Tanks](https://a.example/t.png)")},
        [
            f"{EN}:11:1: the image `https://a.example/t.png` is on another site. "
            "Save it in the module's folder, so that it is there offline and tells no third party of the visit."
        ],
    ),
    "a link to another language": (
        {EN: text(body="[x](es.md)")},
        [
            f"{EN}:11:1: the link `es.md` leads to a page in another language. Link to the `en` one; a reader keeps the language."
        ],
    ),
    "a link out of the folders": (
        {EN: text(body="[x](../../../secret.txt)")},
        [
            f"{EN}:11:1: the link `../../../secret.txt` leads out of the site's folders. Link to a file below `modules/` or `content/`."
        ],
    ),
    "a link to no section": (
        {EN: text(body="[x](#nowhere)")},
        [
            f"{EN}:11:1: the link `#nowhere` names no section `nowhere` of that page. Copy the address of the section from the built page."
        ],
    ),
    "a script": (
        {EN: text(body="a <script>alert(1)</script>")},
        [
            f"{EN}:11:3: raw HTML `<script>` is not allowed. Write it in Markdown; for a plain sign write `&lt;`.",
            f"{EN}:11:19: raw HTML `<script>` is not allowed. Write it in Markdown; for a plain sign write `&lt;`.",
        ],
    ),
    "a script behind a backslash, which Markdown does not take away": (
        {EN: text(body="a \\<script>")},
        [f"{EN}:11:4: raw HTML `<script>` is not allowed. Write it in Markdown; for a plain sign write `&lt;`."],
    ),
    "a handler": (
        {EN: text(body='<b onclick="x()">b')},
        [f"{EN}:11:1: the handler `onclick=` is not allowed. Write it in Markdown; for a plain sign write `&lt;`."],
    ),
    "an attribute list": (
        {EN: text(body="[x](https://a.example){: onclick=x }")},
        [f"{EN}:11:23: the attribute list `{{: onclick=x }}` is not allowed. Delete it; pages have one style."],
    ),
    "a javascript link": (
        {EN: text(body="[x](java&#115;cript:alert)")},
        [f"{EN}:11:1: links that begin with `javascript:` are not allowed. Use https:, mailto: or a relative link."],
    ),
    "a javascript autolink": (
        {EN: text(body="<javascript:alert>")},
        [f"{EN}:11:1: links that begin with `javascript:` are not allowed. Use https:, mailto: or a relative link."],
    ),
    "a data link in a reference": (
        {EN: text(body="[x][1]\n\n[1]: data:text/html,x")},
        [f"{EN}:13:1: links that begin with `data:` are not allowed. Use https:, mailto: or a relative link."],
    ),
    "a heading of the first level": (
        {EN: text(body="# Rinsing again")},
        [
            f"{EN}:11:1: a heading of the first level, `# Rinsing again`. Begin at `##`; the page's title is `title` above."
        ],
    ),
    "a script in a figure": (
        {
            EN: text(body="![x](f.svg)"),
            "modules/rinsing/f.svg": "<svg xmlns='http://www.w3.org/2000/svg'>\n<script/></svg>",
        },
        [
            "modules/rinsing/f.svg:2:1: the element `<script>` is not allowed in a figure. Delete it; a figure holds shapes and words only."
        ],
    ),
    "a bomb in a figure": (
        {EN: text(body="![x](f.svg)"), "modules/rinsing/f.svg": '<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg>&a;</svg>'},
        ["modules/rinsing/f.svg:1:1: a DOCTYPE is not allowed in a figure. Delete the line `<!DOCTYPE …>`."],
    ),
    # Blocks and questions
    "18 another right choice": (
        {
            "modules/rinsing/es.md": text(
                "es", question=CHOICE.replace("[ ]", "[o]").replace("[x]", "[ ]").replace("[o]", "[x]")
            )
        },
        [
            "modules/rinsing/es.md:13:1: question `at-the-source` marks other choices as right than en.md:11. Mark choice 2 with `[x]`."
        ],
    ),
    "18 another number of choices": (
        {"modules/rinsing/es.md": text("es", question=CHOICE.replace("- [x]", "- [ ] Other\n    - No.\n- [x]"))},
        [
            "modules/rinsing/es.md:13:1: question `at-the-source` has another size than in en.md:11: the number of choices is 3 here and 2 there. Say the same choices, in the same order."
        ],
    ),
    "18 another question": (
        {"modules/rinsing/es.md": text("es", question=CHOICE.replace("at-the-source", "source"))},
        [
            "modules/rinsing/es.md:7:1: the question `at-the-source` of en.md:11 is missing. Translate it, with the same id; if it is there under another id, correct that id.",
            "modules/rinsing/es.md:13:1: the question `source` is not in en.md. Add it there, or delete it here.",
        ],
    ),
    "an objective less": (
        {EN: text().replace("- Choose a rinse.", "- Choose a rinse.\n- Measure it.")},
        [
            "modules/rinsing/es.md:4:1: the number of objectives is 1 here and 2 in en.md. Say the same objectives in each language.",
            "modules/rinsing/fr.md:4:1: the number of objectives is 1 here and 2 in en.md. Say the same objectives in each language.",
        ],
    ),
    "a box less": (
        {EN: text(body="/// keypoints\nRemember.\n///")},
        [
            "modules/rinsing/es.md:7:1: the number of boxed blocks is 0 here and 1 in en.md. Say the same blocks, in the same order.",
            "modules/rinsing/fr.md:7:1: the number of boxed blocks is 0 here and 1 in en.md. Say the same blocks, in the same order.",
        ],
    ),
    "a question id twice": (
        {f"modules/rinsing/{name}.md": text(name, question=CHOICE + "\n" + CHOICE) for name in ("en", "es", "fr")},
        [
            f"modules/rinsing/{name}.md:26:1: the question id `at-the-source` stands here and in line 13. Give each question its own id."
            for name in ("en", "es", "fr")
        ],
    ),
    "24 a block not closed": (
        {EN: text(question=CHOICE.removesuffix("///\n"))},
        [f"{EN}:13:1: the block `question` is not closed. Write `///` on a line of its own after it."],
    ),
    "24 a block in a list": (
        {EN: text(body="- item\n\n    /// note\n    x\n    ///")},
        [
            f"{EN}:13:5: the block `note` is indented, so it would show as plain text. "
            "Begin it at the start of a line, outside of any list, quotation or other block.",
            f"{EN}:15:5: the block `///` is indented, so it would show as plain text. "
            "Begin it at the start of a line, outside of any list, quotation or other block.",
        ],
    ),
    "24 a block inside a block": (
        {EN: text(body="/// note\n/// case | Mexico\nx\n///\n///")},
        [
            f"{EN}:11:1: the block `note` is not closed. Write `///` on a line of its own after it.",
            f"{EN}:15:1: a closing `///` without a block that it closes. Delete it.",
        ],
    ),
    "an unknown block": (
        {EN: text(body="/// exampel | x\ny\n///")},
        [f"{EN}:11:5: unknown block `exampel`. Did you mean `example`?"],
    ),
    "a box without its title": (
        {EN: text(body="/// example\ny\n///")},
        [
            f"{EN}:11:1: the block `example` has no title. Write `/// example | Title`.",
        ],
    ),
    "31 a run of brackets": (
        {EN: text(body="[" * 10_000)},
        [f"{EN}:11:5001: a line of more than 5,000 characters. Break it into lines."],
    ),
    "31 brackets over many lines": (
        {EN: text(body="[a\n" * 3_000)},
        [f"{EN}:61:1: more than 50 brackets `[` that are not closed. Close or delete them."],
    ),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES.keys())
def test_bad_input_is_told_exactly_with_line_and_mend_and_quickly(tmp_path, files, expected):
    started = time.process_time()

    found = problems(tmp_path, files)

    assert found == expected
    assert time.process_time() - started < 1, "a limit of the rule, not a timing: hostile input is refused in under 1 s"


def test_all_problems_of_all_modules_come_at_once(tmp_path):
    washing = module("washing", module="[", en=text(body="<script>"))

    found = problems(tmp_path, {**yml("minutes: 45", "minutes: x"), **washing, "modules/rinsing/fr.md": b"\xff\xfe"})

    files = {re.split(r":\d", problem)[0] for problem in found}
    assert files == {M, "modules/washing/module.yml", "modules/washing/en.md", "modules/rinsing/fr.md"}


@pytest.mark.parametrize("change", [lambda s: "\ufeff" + s, lambda s: s.replace("\n", "\r\n")], ids=["BOM", "CRLF"])
def test_13_byte_order_marks_and_windows_line_ends_are_accepted(tmp_path, change):
    files = {f"modules/rinsing/{name}.md": change(text(name)) for name in ("en", "es", "fr")}

    assert problems(tmp_path, {**files, M: change(YML)}) == []


def test_17_modules_that_differ_by_capitals_only_are_refused(tmp_path):
    found = problems(tmp_path, module("Rinsing"))

    assert (
        "modules/rinsing/module.yml:1: another module is called `Rinsing`; they differ by capitals only. Rename one of the two."
        in found
    )


def test_a_folder_that_is_a_file_and_one_that_is_hidden_do_not_disturb(tmp_path):
    assert problems(tmp_path, {"modules/notes.txt": "x", "modules/.git/x": "y", "modules/_drafts/en.md": "z"}) == []

"""Whatever happens to a real module's files, the check says what is wrong, quickly, and never falls over.

Each mutation has a number, from which alone it is made, so that one that fails can be looked at again:
`python tests/test_mutations.py 1234` prints what goes wrong with it, `… 0 2499` with each of a run of them.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from builders import ROOT
from greensupply import rules
from greensupply.cli import check, reports
from greensupply.cli.check import Scope
from greensupply.errors import Problem
from greensupply.locales import LOCALES

COUNT = int(os.environ.get("GREENSUPPLY_MUTATIONS", "50"))
"""How many; 5,000 before a release."""
MODULES = ("environmental-management-systems", "environmental-activity-based-costing", "p2-into-lean")
SLOWEST = 1.0 if COUNT > 50 else 5.0
"""Seconds of the processor for one check, after the command was loaded: beside other tests they are longer ones."""

SIGNS = (
    *("`", "```", "~~~", "*", "**", "_", "[", "]", "(", ")", "{", "}", "<", ">", "|", "\\", "/", "///", "////", "---"),
    *(
        "![",
        "](",
        "[[",
        "]]",
        "#",
        "# ",
        "## ",
        "####### ",
        "- ",
        "- [x] ",
        "1. ",
        ": ",
        ":",
        "> ",
        "\t",
        "    ",
        "\n\n",
    ),
    *('"', "'", "«", "»", "“", "”", "¿", "?", "¡", "!", "…", "%", "$", "&", "&amp;", "&#0;", "<!--", "-->", "<br>"),
    *(
        "<script>",
        "javascript:",
        "[a]: b",
        "| --- |",
        "[^1]",
        "{: .x }",
        "@",
        "!!python/name:os",
        "&a",
        "*a",
        "? ",
        "<<: ",
    ),
    *("\u00a0", "\u202f", "\u2028", "\u200b", "\u202e", "\ufeff", "\0", "\x1b", "\x85", "e\u0301", "а", "ß", "İ", "ﬁ"),
    *("😀", "👩\u200d🔧", "漢字", "ا", "\U0010ffff", "<<<<<<< a", "=======", "id: x", "answer: 1", "type: numeric"),
)
HEADS = (
    "question",
    "question | What?",
    "hint",
    "example | One",
    "facilitator",
    "commitment",
    "worksheet",
    "nothing",
    "",
)
NUMBERS = ("9" * 400, "-1", "1e999", "0" * 60, "1,2,3,4", "12 500", "0x7f", "1:30", ".inf", ".nan", "1.2.3.4", "٣", "½")
TRAPS = (
    "![a](b",
    "[a](",
    "[",
    "(",
    "<a",
    "`",
    "*a ",
    "_a_",
    "| a ",
    "a.b.",
    "- [ ] ",
    "> ",
    "1 000 ",
    "«",
    "\\",
    "&x;",
    "a-",
)

Mutator = Callable[[random.Random, str, str], str]
"""Chance, a text, and the same file of another language -> the text changed."""


def _lines(chance: random.Random, text: str) -> tuple[list[str], int, int]:
    """Lines with their ends, and the first and the last of a few of them."""
    lines = text.splitlines(keepends=True) or [""]
    first = chance.randrange(len(lines))
    return lines, first, min(len(lines), first + chance.choice((1, 1, 2, 5, 30)))


def delete_lines(chance: random.Random, text: str, _: str) -> str:
    lines, first, last = _lines(chance, text)
    return "".join(lines[:first] + lines[last:])


def repeat_lines(chance: random.Random, text: str, _: str) -> str:
    lines, first, last = _lines(chance, text)
    return "".join(lines[:last] + lines[first:last] * chance.choice((1, 1, 2, 20)) + lines[last:])


def swap_lines(chance: random.Random, text: str, _: str) -> str:
    lines, first, last = _lines(chance, text)
    other = chance.randrange(len(lines))
    moved = lines[first:last]
    rest = lines[:first] + lines[last:]
    return "".join(rest[:other] + moved + rest[other:])


def indent_lines(chance: random.Random, text: str, _: str) -> str:
    lines, first, last = _lines(chance, text)
    by = chance.choice((" ", "  ", "    ", "\t", "> ", "- ", "# "))
    return "".join(lines[:first] + [by + line for line in lines[first:last]] + lines[last:])


def join_lines(chance: random.Random, text: str, _: str) -> str:
    lines, first, last = _lines(chance, text)
    return "".join(lines[:first] + [" ".join(map(str.strip, lines[first:last])), "\n"] + lines[last:])


def insert_signs(chance: random.Random, text: str, _: str) -> str:
    for _ in range(chance.choice((1, 1, 3, 10, 50))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(SIGNS) + text[at:]
    return text


def delete_signs(chance: random.Random, text: str, _: str) -> str:
    for _ in range(chance.choice((1, 1, 3, 10, 50))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + text[at + chance.choice((1, 1, 1, 3)) :]
    return text


def cut(chance: random.Random, text: str, _: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


def cut_front_matter(chance: random.Random, text: str, _: str) -> str:
    at = chance.randrange(min(len(text), 1500) + 1)
    return text[:at] + text[at + chance.choice((1, 10, 100, 1000)) :]


def repeat_run(chance: random.Random, text: str, _: str) -> str:
    at = chance.randrange(len(text) + 1)
    run = text[at : at + chance.choice((1, 2, 5, 20, 200))]
    return text[:at] + run * chance.choice((2, 10, 63, 200)) + text[at:]


def swap_brackets(chance: random.Random, text: str, _: str) -> str:
    lines, first, last = _lines(chance, text)
    ours, theirs = chance.sample(("[](){}<>", "][)(}{><", "()[]<>{}", "{}{}{}{}", "[[((]]))"), 2)
    turned = "".join(lines[first:last]).translate(str.maketrans(ours[:2] + "{", theirs[:3]))
    return "".join(lines[:first]) + turned + "".join(lines[last:])


def huge_numbers(chance: random.Random, text: str, _: str) -> str:
    places = [found.span() for found in re.finditer(r"\d[\d.,]*", text)] or [(0, 0)]
    for start, end in sorted(chance.choices(places, k=chance.choice((1, 3))), reverse=True):
        text = text[:start] + chance.choice(NUMBERS) + text[end:]
    return text


def nested_blocks(chance: random.Random, text: str, _: str) -> str:
    lines, first, last = _lines(chance, text)
    depth = chance.choice((1, 2, 5, 30))
    opened = [f"{'/' * (3 + (step if chance.random() < 0.5 else 0))} {chance.choice(HEADS)}\n" for step in range(depth)]
    closed = ["/" * chance.choice((3, 4, 7)) + "\n" for _ in range(chance.randrange(depth + 1))]
    return "".join(lines[:first] + opened + lines[first:last] + closed + lines[last:])


def nested_yaml(chance: random.Random, text: str, _: str) -> str:
    lines, first, _ = _lines(chance, text[:1500])
    nest = chance.choice(("[", "{a: ", "- ", "? ")) * chance.choice((3, 7, 50, 1000))
    return "".join(lines[:first]) + f"nested: {nest}\n" + "".join(lines[first:]) + text[1500:]


def trap(chance: random.Random, text: str, _: str) -> str:
    """What keeps careless patterns busy: the same piece of a construction, again and again on one line or many."""
    at = text.find("\n", chance.randrange(len(text) + 1)) + 1
    between = chance.choice(("", "", " ", "\n"))
    return text[:at] + between.join([chance.choice(TRAPS)] * chance.choice((10, 60, 400, 2000))) + "\n" + text[at:]


def other_language(chance: random.Random, text: str, other: str) -> str:
    lines, first, last = _lines(chance, other)
    if chance.random() < 0.3:
        return other
    at = text.find("\n", chance.randrange(len(text) + 1)) + 1
    return text[:at] + "".join(lines[first:last]) + text[at:]


def line_ends(chance: random.Random, text: str, _: str) -> str:
    ends = chance.choice((("\r\n",), ("\r",), ("\n", "\r\n", "\r"), ("\n", "\n\r"), ("\n", "\u2028", "\x0b", "\x0c")))
    return re.sub("\n", lambda _: chance.choice(ends), text)


def capitals(chance: random.Random, text: str, _: str) -> str:
    lines, first, last = _lines(chance, text)
    change = chance.choice((str.upper, str.lower, str.swapcase, str.title))
    return "".join(lines[:first] + list(map(change, lines[first:last])) + lines[last:])


def no_words(chance: random.Random, text: str, _: str) -> str:
    return re.sub(r"\w" if chance.random() < 0.5 else r"[^\W\d_]+", chance.choice(("", "a", "1", " ")), text)


def grow(chance: random.Random, text: str, _: str) -> str:
    return text * chance.choice((2, 3, 8))


MUTATORS: tuple[Mutator, ...] = (
    *(delete_lines, repeat_lines, swap_lines, indent_lines, join_lines, insert_signs, delete_signs, cut),
    *(cut_front_matter, repeat_run, swap_brackets, huge_numbers, nested_blocks, nested_yaml, trap, other_language),
    *(line_ends, capitals, no_words),
)
RARE: tuple[Mutator, ...] = (grow,)


def mutated(number: int, root: Path) -> tuple[str, str, bytes]:
    """Name of a module and of one of its files, and the file's content after mutation `number`."""
    chance = random.Random(number)
    module = chance.choice(MODULES)
    folder = root / "modules" / module
    drawings = sorted(f"figures/{file.name}" for file in (folder / "figures").glob("*.svg"))
    name = chance.choice(("en.md", "es.md", "fr.md") * 4 + ("module.yml", *drawings[:1], *drawings[-1:]))
    text = (folder / name).read_text(encoding="utf-8")
    other = (folder / f"{chance.choice(LOCALES)}.md").read_text(encoding="utf-8")
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        text = chance.choice(RARE if chance.random() < 0.005 else MUTATORS)(chance, text, other)
    raw = text.encode()
    if chance.random() < 0.02:
        at = chance.randrange(len(raw) + 1)
        raw = raw[:at] + chance.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xff\xfe", b"\x80" * 9)) + raw[at:]
    return module, name, raw


def hub(root: Path) -> Path:
    """The project's own modules and pages, to be changed."""
    for name in ("modules", "content"):
        shutil.copytree(ROOT / name, root / name)
    return root


def faults(numbers: range, root: Path) -> Iterator[str]:
    """What goes wrong in the check itself with each mutation."""
    for number in numbers:
        module, name, raw = mutated(number, root)
        file = root / "modules" / module / name
        whole = file.read_bytes()
        file.write_bytes(raw)
        try:
            yield from (f"{number}: {module}/{name}: {fault}" for fault in _faults(module, root))
        finally:
            file.write_bytes(whole)


def _faults(module: str, root: Path) -> Iterator[str]:
    scope = Scope((f"modules/{module}",), {module}, pages=False)
    start = time.process_time()
    try:
        _, told = check.look(root / "modules", root / "content", scope)
        said = {locale: [reports.line(found, locale) for found in told] for locale in LOCALES[:1]}
        if (spent := time.process_time() - start) > SLOWEST:
            yield f"took {spent:.2f} s"
        said |= {locale: [reports.line(found, locale) for found in told] for locale in LOCALES[1:]}
    except Exception as error:
        yield f"{type(error).__name__}: {error}"
        return
    lines: dict[str, list[str]] = {}
    for number, found in enumerate(told):
        yield from _outside(found.problem, root, lines)
        for locale in LOCALES:
            what, how = rules.said(found.problem, locale)
            if not (what.strip() and how.strip()) or "\n" in said[locale][number]:
                yield f"says nothing, or more than a line, in {locale}: {found.problem}"


def _outside(problem: Problem, root: Path, read: dict[str, list[str]]) -> Iterator[str]:
    """A place that is not in the file; the end of a line, and of the file, is a place."""
    if problem.path not in read:
        text = (root / problem.path).read_bytes().decode("utf-8-sig", "replace")
        read[problem.path] = re.split(r"\r\n|\r|\n", text)
    lines = read[problem.path]
    if not 1 <= problem.line <= len(lines):
        yield f"line {problem.line} of {len(lines)}: {problem}"
    elif not 0 <= problem.column <= len(lines[problem.line - 1]) + 1:
        yield f"column {problem.column} of {len(lines[problem.line - 1])}: {problem}"


def test_no_mutation_of_a_real_module_makes_the_check_fall_over_or_dawdle(tmp_path):
    assert list(faults(range(COUNT), hub(tmp_path))) == []


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        chosen = [int(number) for number in sys.argv[1:]]
        for fault in faults(range(chosen[0], chosen[-1] + 1), hub(Path(folder))):
            print(fault, flush=True)

"""The corpus of the site's benchmark: N modules in three languages as ours, and the same Markdown for stock MkDocs.

Each text has about 1,600 words of real sentences (those of `modules/`), eight sections with boxes, tables, lists, links
and facilitator's notes, and a self-check of eight questions. The same seed makes the same bytes.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import processes

ROOT = Path(__file__).parent.parent
LOCALES = ("en", "es", "fr")
WORDS = 1600
SECTIONS = 8
SEED = 20261126
PATHWAYS = ("supplier", "trainer", "manager")
PATHWAY_MODULES = 8
FIRST = "module-001"
"""The module whose page is looked at and whose text is changed."""
_SENTENCE = re.compile(r"[A-ZÉÀÎ][^*_`\[\]<>|/#=:0-9«»\"]{35,160}\.")
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120" width="320" height="120">'
    '<path d="M10 110 L10 10 M10 110 L310 110 M20 100 L80 60 L150 75 L220 30 L300 20" '
    'stroke="currentColor" fill="none"/></svg>\n'
)

FACTS = """\
id: {id}
revision: 1
audience: [supplier, trainer]
level: introductory
minutes: 60
prerequisites: []
topics: [water, pollution-prevention]
pass_mark: 0.7
reviewed: 2026-11-24
sources: [{sources}]
"""

OURS = """\
site_name: Benchmark
site_url: https://hub.example/
docs_dir: content
theme: {{name: material, custom_dir: {theme}}}
plugins:
- greensupply
- tally: {{as_of: 2026-10-31}}
- i18n:
    docs_structure: folder
    fallback_to_default: true
    languages:
    - {{locale: en, name: English, default: true, build: true}}
    - {{locale: es, name: Español, build: true}}
    - {{locale: fr, name: Français, build: true}}
"""
"""Below it come the extensions of the project's own `mkdocs.yml`."""

STOCK = OURS.replace(", custom_dir: {theme}", "").replace(
    "- greensupply\n- tally: {{as_of: 2026-10-31}}\n", "- search\n"
)


@dataclass(frozen=True)
class Corpus:
    """Where the two sites lie: each a folder with an `mkdocs.yml`."""

    ours: Path
    stock: Path


def make(folder: Path, count: int, seed: int = SEED) -> Corpus:
    """Write the two sites of `count` modules below `folder`, and return where they lie."""
    corpus = Corpus(folder / "ours", folder / "stock")
    theme = ROOT / "hooks" / "greensupply" / "theme"
    real = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    extensions = "".join(re.findall(r"^markdown_extensions:\n(?:[- ].*\n)+", real, re.MULTILINE))
    for site, text in ((corpus.ours, OURS), (corpus.stock, STOCK)):
        shutil.copytree(ROOT / "content", site / "content", ignore=shutil.ignore_patterns("*.yml"))
        (site / "mkdocs.yml").write_text(text.format(theme=theme) + extensions, encoding="utf-8")
    for home in corpus.stock.glob("content/*/index.md"):  # stock has no such template
        home.write_text(re.sub(r"^template:.*\n", "", home.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    modules = corpus.ours / "modules"
    modules.mkdir()
    for name in ("sources.yml", "terms.yml"):
        shutil.copy(ROOT / "modules" / name, modules / name)
    shutil.copytree(ROOT / "records", corpus.ours / "records", ignore=shutil.ignore_patterns(".*"))
    names = _names(count)
    facts = re.findall(r"^  ([A-Z][A-Z0-9-]+): \{sources", (modules / "sources.yml").read_text("utf-8"), re.MULTILINE)
    (modules / "pathways.yml").write_text(_pathways(names), encoding="utf-8")
    tools = (ROOT / "content" / "tools.yml").read_text(encoding="utf-8")
    (corpus.ours / "content" / "tools.yml").write_text(_retargeted(tools, names), encoding="utf-8")
    pools = {locale: _sentences(locale) for locale in LOCALES}
    for number, name in enumerate(names):
        home = modules / name
        (home / "figures").mkdir(parents=True)
        (home / "figures" / "curve.svg").write_text(FIGURE, encoding="utf-8")
        dice = random.Random(f"{seed}/{name}")  # noqa: S311  # repeatable on purpose
        chosen = sorted(dice.sample(facts, 12))
        (home / "module.yml").write_text(FACTS.format(id=name, sources=", ".join(chosen)), encoding="utf-8")
        for locale in LOCALES:
            dice = random.Random(f"{seed}/{name}")  # noqa: S311  # the same structure in each language
            written = _text(name, names[(number + 1) % count], locale, pools[locale], dice)
            (home / f"{locale}.md").write_text(written, encoding="utf-8")
            twin = corpus.stock / "content" / locale / "modules" / name
            (twin / "figures").mkdir(parents=True)
            (twin / "figures" / "curve.svg").write_text(FIGURE, encoding="utf-8")
            (twin / "index.md").write_text(written.replace(f"/{locale}.md)", "/index.md)"), encoding="utf-8")
    return corpus


def made(folder: Path, count: int) -> Corpus:
    """The two sites of `count` modules below `folder`, made unless they are there.

    Ours is built once: the first build of all writes down what it publishes (`records/published.json`), and pages that
    show it are others in the second.
    """
    home = folder / str(count)
    if home.is_dir():
        return Corpus(home / "ours", home / "stock")
    sites = make(home, count)
    processes.run(processes.mkdocs(sites.ours))
    return sites


def change(corpus: Corpus, name: str = FIRST, locale: str = "en") -> None:
    """Add a sentence to one text of both sites, as an author who saves a file."""
    for file in (
        corpus.ours / "modules" / name / f"{locale}.md",
        corpus.stock / "content" / locale / "modules" / name / "index.md",
    ):
        text = file.read_text(encoding="utf-8")
        head, mark, rest = text.partition("\n---\n## ")
        file.write_text(f"{head}{mark}{rest.replace('.', '. Water again.', 1)}", encoding="utf-8")


def _names(count: int) -> list[str]:
    return [f"module-{number:03}" for number in range(1, count + 1)]


def _pathways(names: list[str]) -> str:
    lines = ["pathways:"]
    for place, audience in enumerate(PATHWAYS):
        said = {locale: f"{audience.title()} {locale}" for locale in LOCALES}
        values = ", ".join(f"{locale}: {text}" for locale, text in said.items())
        chosen = [
            names[(place + step * len(PATHWAYS)) % len(names)] for step in range(min(PATHWAY_MODULES, len(names)))
        ]
        modules = ", ".join(dict.fromkeys(chosen))
        lines += [f"- id: {audience}", f"  audience: {audience}", f"  title: {{{values}}}"]
        lines += [f"  summary: {{{values}}}", f"  modules: [{modules}]"]
    return "\n".join((*lines, ""))


def _retargeted(tools: str, names: list[str]) -> str:
    """The tools library with modules of the corpus in place of the real ones, as many as each tool has."""
    known: dict[str, str] = {}

    def renamed(found: re.Match[str]) -> str:
        mine = [known.setdefault(name, names[len(known) % len(names)]) for name in found[1].split(", ")]
        return f"  modules: [{', '.join(dict.fromkeys(mine))}]"

    return re.sub(r"^  modules: \[([^\]]*)\]", renamed, tools, flags=re.MULTILINE)


def _sentences(locale: str) -> list[str]:
    """Plain sentences of the real modules in a language, in the order of the files."""
    found: dict[str, None] = {}
    for file in sorted((ROOT / "modules").glob(f"*/{locale}.md")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            if _SENTENCE.fullmatch(line):
                found[line] = None
    return list(found)


def _text(name: str, following: str, locale: str, pool: list[str], dice: random.Random) -> str:
    lines = list(_lines(name, following, locale, pool, dice))
    while len(" ".join(lines).split()) < WORDS:
        lines.append(f"{dice.choice(pool)} {dice.choice(pool)}\n")
    return "\n".join(lines)


def _lines(name: str, following: str, locale: str, pool: list[str], dice: random.Random) -> Iterator[str]:
    def sentence() -> str:
        return pool[int(dice.random() * len(pool))]

    def short() -> str:
        return " ".join(sentence().rstrip(".").split()[:6]).rstrip(",;")

    title = f"{short()} {name[-3:]}"
    yield from ("---", f"title: {title}", f"summary: {sentence()}", "objectives:")
    yield from (f"- {sentence()}" for _ in range(4))
    yield "---"
    for section in range(SECTIONS):
        yield f"## {short()} {section + 1}\n"
        yield f"**{short()}** {sentence()}\n"
        yield from (f"- {sentence()}" for _ in range(2))
        yield ""
        if section == 0:
            yield f'![{short()}](figures/curve.svg "{short()}.")\n'
        if section == 1:
            yield f"{sentence()} [{following}](../{following}/{locale}.md).\n"
        if section % 3 == 0:
            yield f"| {short()} | kWh |\n| --- | --- |"
            yield from (f"| {short()} | {number * 125} |" for number in range(1, 5))
            yield f"\n/// example | {short()}\n{sentence()}\n27 × 60 × 80 ÷ 1,000 = 129.6 m³.\n///\n"
        if section % 3 == 1:
            yield f"/// facilitator | {short()}\n    minutes: 15\n    activity: discussion\n\n- {sentence()}\n///\n"
        if section % 3 == 2:
            yield f"/// misconception | {short()}\n{sentence()}\n{sentence()}\n///\n"
        yield from (*_question(section, sentence, short), "")
    yield "/// keypoints"
    yield from (f"- {sentence()}" for _ in range(4))
    yield "///\n"


def _question(number: int, sentence, short) -> Iterator[str]:  # type: ignore[no-untyped-def]
    yield f"/// question | {sentence()}\n    id: question-{number + 1}"
    if number % 4 == 3:
        yield "    type: numeric\n    answer: 129.6\n    tolerance: 2%\n    unit: kWh"
        yield f"\n//// feedback\n{sentence()}\n////"
    else:
        yield ""
        for place in range(4):
            yield f"- [{'x' if place == number % 4 else ' '}] {short()} {place}\n    - {sentence()}"
    yield f"\n//// hint\n{short()}.\n////\n///"

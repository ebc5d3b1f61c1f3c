"""Pathways as they are written, and their pages without any script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from builders import PATHWAYS, module, project, write
from greensupply import components, library
from greensupply.errors import GreenSupplyError
from greensupply.written import PROCESSES

P = "modules/pathways.yml"
MORE = {**module("drying"), **module("painting-well"), **module("energy")}
MAP = "pathway-map"
COMPONENTS = ("learning-status", "learning-overview", MAP)


def pathways(electives: str) -> dict[str, str]:
    """A pathway of the module `rinsing` with electives, which begin in line 7."""
    return {**MORE, P: f"{PATHWAYS}  electives:\n{electives}"}


def problems(root: Path, electives: str) -> list[str]:
    write(root, project(pathways(electives)))
    try:
        library.read(root / "modules", root / "content")
    except GreenSupplyError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("electives", "expected"),
    [
        ("  - {module: drying, processes: [plating]}\n  - {module: energy, processes: all}\n", []),
        (
            "  - {module: drying, processes: [plating]}\n  - {module: washing, processes: all}\n",
            [
                f"{P}:9:6: the pathway `supplier` names the module `washing`, which does not exist. "
                "Modules are: drying, energy, painting-well, rinsing."
            ],
        ),
        (
            "  - {module: rinsing, processes: all}\n",
            [
                f"{P}:8:6: the pathway `supplier` offers `rinsing` as an elective, but it is one of its own modules. "
                "Delete it under `modules` or under `electives`."
            ],
        ),
        (
            "  - {module: drying, processes: all}\n  - {module: drying, processes: [cleaning]}\n",
            [f"{P}:9:6: the pathway `supplier` names `drying` twice. Delete one of the two."],
        ),
        (
            "  - {module: drying, processes: [plating, weaving]}\n",
            [
                f"{P}:8:43: `pathways.1.electives.1.processes.2` is `weaving`. Write one of 'plating', 'cleaning', "
                "'machining', 'stamping', 'moulding', 'painting' or 'assembly'."
            ],
        ),
        (
            "  - {module: drying, processes: [plating, plating]}\n",
            [f"{P}:8:22: `pathways.1.electives.1.processes` names `plating` twice. Delete one of the two."],
        ),
        (
            "  - {module: drying, processes: []}\n",
            [f"{P}:8:22: `pathways.1.electives.1.processes` is empty. Write at least one."],
        ),
        (
            "  - {module: drying, processes: plating}\n",
            [
                f"{P}:8:22: `pathways.1.electives.1.processes` must be a list; YAML reads `plating` here. "
                "Correct the value."
            ],
        ),
        (
            "  - {module: drying}\n",
            [
                f"{P}:8:5: `pathways.1.electives.1.processes` is missing. "
                "Add `processes: …` (Processes of the plants it is for, such as [plating, cleaning], or all)."
            ],
        ),
        (
            "  - {modul: drying, processes: all}\n",
            [
                f"{P}:8:5: `pathways.1.electives.1.module` is missing. Add `module: …`.",
                f"{P}:8:6: unknown key `pathways.1.electives.1.modul`. Did you mean `module`?",
            ],
        ),
    ],
)
def test_electives_are_checked_when_they_are_read(tmp_path, electives, expected):
    assert problems(tmp_path, electives) == expected


def test_a_module_twice_in_a_pathway_is_told_even_where_it_is_an_elective_too(tmp_path):
    write(tmp_path, project({P: PATHWAYS.replace("[rinsing]", "[rinsing, rinsing]")}))

    with pytest.raises(GreenSupplyError) as caught:
        library.read(tmp_path / "modules")

    assert str(caught.value) == f"{P}:6:22: the pathway `supplier` names `rinsing` twice. Delete one of the two."


def test_modules_stand_in_the_order_of_the_pathways_electives_after_what_is_needed(tmp_path):
    write(tmp_path, project(pathways("  - {module: painting-well, processes: [painting]}\n")))

    assert list(library.read(tmp_path / "modules").modules) == ["rinsing", "painting-well", "drying", "energy"]


def test_every_word_of_the_components_exists_in_every_language_with_the_same_placeholders():
    for tag in COMPONENTS:
        said = yaml.safe_load((components.FOLDER / tag / "words.yml").read_text(encoding="utf-8"))
        forms = [
            {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in said[locale].items()}
            for locale in ("en", "es", "fr")
        ]
        assert forms[0] == forms[1] == forms[2], tag


def test_the_words_are_written_as_the_country_writes():
    for tag in COMPONENTS:
        said = yaml.safe_load((components.FOLDER / tag / "words.yml").read_text(encoding="utf-8"))
        for name, text in said["fr"].items():
            assert not re.search(r"[ \u00a0][;!?]| [:%$»]|« |'", text), f"{tag} {name}: {text}"
        for name, text in said["es"].items():
            assert text.count("?") == text.count("¿"), name
            assert text.count("!") == text.count("¡"), name


def test_every_process_has_a_name_in_every_language():
    for locale in ("en", "es", "fr"):
        assert {f"process_{name}" for name in PROCESSES} <= set(components.words(MAP, locale))


def stations(html: str) -> list[str]:
    """The words of each station, electives too."""
    items = re.findall(r'<li data-module="[^"]*".*?</li>', html, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", item)).strip() for item in items]


def test_the_page_of_a_pathway_reads_without_script(build_site):
    site = build_site(
        pathways("  - {module: drying, processes: [plating, cleaning]}\n  - {module: energy, processes: all}\n")
    )

    html = site.html("es/pathways/supplier")
    assert stations(html) == [
        "1 Enjuague 45 min Cómo enjuagar con menos agua.",
        "Enjuague 45 min Cómo enjuagar con menos agua. Para plantas con electrodepositado y limpieza",
        "Enjuague 45 min Cómo enjuagar con menos agua. Para todas las plantas",
    ]
    assert re.search(r'<a[^>]* href="\.\./\.\./modules/rinsing/"[^>]*>', html)
    assert 'data-certificate="../../certificate/#pathway.supplier"' in html
    assert site.warnings == ()


def test_a_pathway_may_ask_for_sections_of_a_module_and_counts_their_time(build_site):
    home = "---\ntitle: Inicio\ndescription: Una página.\ntemplate: home.html\n---\nTexto.\n"
    parts = "  parts:\n  - {module: drying, sections: [why-rinse], minutes: 30}\n"
    site = build_site({**MORE, P: PATHWAYS + parts, "content/es/index.md": home})

    html = site.html("es/pathways/supplier")
    part = re.search(r'<ul class="stations parts".*?</ul>\s*</div>', html, re.DOTALL)
    assert part
    assert re.findall(r'<a[^>]* href="([^"]+)"[^>]*>([^<]+)</a>', part[0]) == [
        ("../../modules/drying/", "Enjuague"),
        ("../../modules/drying/#por-qué-enjuagar", "Por qué enjuagar"),
    ]
    assert "1 h 15 min" in html.replace("\u00a0", " "), "45 for the module, 30 for the part"
    assert len(stations(html)) == 1, "a part has no state that could be shown"
    card = re.search(r'<ol class="gs-steps-list".*?</ol>', site.html("es"), re.DOTALL)
    assert card
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", card[0])).split("Enjuague") == [
        " ",
        " 45 min ",
        " 30 min secciones elegidas ",
    ]


def test_a_pathway_without_electives_does_not_speak_of_any(build_site):
    html = build_site().html("pathways/supplier")

    assert stations(html) == ["1 Rinsing 45 min How to rinse with less water."]
    assert "process" not in re.sub(r'data-words="[^"]*"', "", html[html.index(f"<{MAP}") : html.index(f"</{MAP}>")])


def test_my_learning_lists_every_module_without_script(build_site):
    site = build_site(MORE)

    for locale, home in {"en": "", "es": "es/", "fr": "fr/"}.items():
        html = site.html(f"{home}my-learning")
        page = html[html.index("<learning-overview") : html.index("</learning-overview>")]
        assert components.words("learning-overview", locale)["plain"] in page.replace("&#39;", "’")
        assert re.findall(r'<h3><a href="\.\./modules/([^"/]+)/"', page) == [
            "rinsing",
            "drying",
            "energy",
            "painting-well",
        ]
        assert re.search(r'data-questions="at-the-source:\w+"', page)

"""The direction of imports, and who may know what."""

import ast
from pathlib import Path

HOOKS = Path(__file__).parent.parent / "hooks" / "greensupply"
FLOORS = (
    ("package_data", "identity"),
    (
        "errors",
        "locales",
        "csv_text",
        "published",
        "counts",
        "cadre",
        "handover",
        "assessment",
        "outcome_counts",
        "tags",
        "apart",
        "processes",
        "plain_text",
        "touching",
    ),
    ("kept", "written", "completion", "disclosure", "published_outcomes", "rules", "workbooks", "units"),
    ("kept_pack", "terms", "toolbox", "rule_pages", "courses", "outcome_disclosure", "catalogue"),
    ("model", "glossary", "definitions"),
    ("yaml_text", "source_text", "prose", "figures"),
    (
        "addresses",
        "markup",
        "quiz",
        "facilitation",
        "search_index",
        "sitemap",
        "new_module",
        "schemas",
        "sections",
        "metrics",
        "plants",
    ),
    (
        "blocks",
        "parity",
        "links",
        "curriculum",
        "aliases",
        "terms_file",
        "toolbox_file",
        "recognition",
        "records",
        "store",
        "segments",
        "session_plan",
    ),
    ("agenda",),
    ("library", "tally", "freshness"),
    ("stamps", "lint", "roster_template", "outcomes"),
    ("components", "fragments", "charts", "demo", "interchange", "outcome_template"),
    ("answer_key", "cards", "demo_cadre", "demo_outcomes", "offline", "stale_notes", "blocks_html", "question_banks"),
    (
        "module_page",
        "pathway_page",
        "tool_page",
        "learning_page",
        "certificate_page",
        "verify_page",
        "glossary_page",
        "toolbox_page",
        "engage",
        "status_page",
        "author_guide",
        "lms_page",
        "facilitator_page",
        "course_page",
    ),
    ("made_pages", "results_page", "packages"),
    ("downloads", "monitoring"),
    ("handouts",),
    ("kits", "invitations", "evaluation"),
    ("plugin", "tally_plugin", "cli"),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
TOP = len(FLOORS) - 1


def imports() -> list[tuple[str, str, str]]:
    """(room, imported module, file:line) for every import of the package."""
    found = []
    for file in sorted(HOOKS.rglob("*.py")):
        relative = file.relative_to(HOOKS)
        room = relative.parts[0] if len(relative.parts) > 1 else relative.stem
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            place = f"{relative}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Import):
                found += [(room, name.name, place) for name in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module == "greensupply":
                found += [(room, f"greensupply.{name.name}", place) for name in node.names]
            elif isinstance(node, ast.ImportFrom):
                found.append((room, node.module or "", place))
    return found


def test_every_room_has_a_floor():
    rooms = {path.stem for path in HOOKS.glob("*.py")} | {path.parent.name for path in HOOKS.glob("*/__init__.py")}

    assert rooms - {"__init__"} == set(FLOOR)


def test_a_room_imports_only_from_floors_below_its_own():
    upward = [
        f"{place}: {room} imports {module}"
        for room, module, place in imports()
        if module.startswith("greensupply.")
        and module.split(".")[1] != room
        and FLOOR[module.split(".")[1]] >= FLOOR[room]
    ]

    assert upward == []


def test_only_the_plugins_know_mkdocs():
    strangers = [
        f"{place}: {room} imports {module}"
        for room, module, place in imports()
        if module.split(".")[0] in {"mkdocs", "material", "mkdocs_static_i18n"}
        and room not in {"plugin", "tally_plugin"}
    ]

    assert strangers == []


def test_below_the_top_floor_there_is_no_clock_no_environment_and_no_network():
    outside = {"os", "time", "socket", "urllib", "http", "subprocess", "random", "uuid", "sys"}
    strangers = [
        f"{place}: {room} imports {module}"
        for room, module, place in imports()
        if module.split(".")[0] in outside
        and module != "urllib.parse"
        and FLOOR.get(room, 0) < TOP
        and room not in {"processes", "kept_pack", "identity"}  # for processors, for bytes and for states of a file
    ]

    assert strangers == []


def test_no_file_knows_everything():
    long = {
        str(file.relative_to(HOOKS)): lines
        for file in HOOKS.rglob("*.py")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 300
    }

    assert long == {}


def test_what_is_drawn_and_written_comes_through_the_gate():
    rawer = [
        f"{place}: {room} imports {module}"
        for room, module, place in imports()
        if room in {"charts", "results_page", "monitoring"}
        and module.startswith(("greensupply.counts", "greensupply.tally", "greensupply.outcomes", "greensupply.store"))
    ]

    assert rawer == []


def test_no_two_files_of_tests_have_one_name():
    """Pytest would run one of them only, in a fresh checkout."""
    names = [file.name for file in Path(__file__).parent.rglob("*.py")]

    assert {name for name in names if names.count(name) > 1} <= {"conftest.py"}

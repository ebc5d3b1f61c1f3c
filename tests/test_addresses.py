import posixpath

import pytest
from greensupply.addresses import Site

PLACES = ("", "modules/", "modules/ems/", "modules/ems/facilitator/", "es/", "es/modules/ems/", "es/modules/rinsing/")
FILES = ("index.html", "modules/ems/index.html", "es/modules/ems/flow.svg", "assets/a.js?1f", "./", "../outside/x.md")


@pytest.mark.parametrize("start", [*PLACES, *FILES[:4]])
@pytest.mark.parametrize("goal", [*PLACES, *FILES])
def test_a_link_leads_from_one_page_to_another_as_the_files_lie(start, goal):
    relative = posixpath.relpath(goal or ".", posixpath.dirname(start) or ".")
    expected = f"{relative}/" if goal.endswith("/") or not goal else relative

    assert Site().link(start, goal) == expected
    assert Site().link(start, f"{goal}#audit") == f"{expected}#audit"

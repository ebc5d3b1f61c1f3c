"""The list of pages on each page: whole in a small hub, and no longer in a large one."""

from __future__ import annotations

import logging
import re

import pytest
from builders import PATHWAYS, module
from greensupply.plugin.menu import MOST

HOMES = {"en": "", "es": "es/", "fr": "fr/"}
ABOUT = "---\ntitle: About\ndescription: A page.\n---\nWe.\n"
ALL = {"en": "All modules", "es": "Todos los módulos", "fr": "Tous les modules"}


def many(count: int, **changes: str) -> dict[str, str]:
    """Files of a hub of so many modules, each with its number in its title."""
    files = {"modules/pathways.yml": PATHWAYS.replace("[rinsing]", f"[{names(count)[0]}]"), **changes}
    for name in names(count):
        files.update(
            {
                path: re.sub("^title: .*", f"title: Rinse {name}", text, flags=re.MULTILINE)
                for path, text in module(name).items()
            }
        )
    files.update(dict.fromkeys(module(), None))
    return files


def names(count: int) -> list[str]:
    return [f"tank-{number:03}" for number in range(1, count + 1)]


def menu(html: str) -> str:
    return html[html.index('<nav class="gs-nav"') : html.index("</nav>", html.index('<nav class="gs-nav"'))]


def listed(html: str) -> list[str]:
    """Modules that the menu lists, in order."""
    return re.findall(r"<a [^>]*>\s*Rinse ([\w-]+)", menu(html))


def test_a_page_of_a_large_hub_lists_the_modules_around_it_and_a_link_to_all(build_site):
    count = MOST + 8
    site = build_site(many(count))
    every = names(count)

    assert site.warnings == ()
    for locale, home in HOMES.items():
        places = {
            f"{home}modules/tank-001": every[:MOST],
            f"{home}modules/tank-010": every[3 : 3 + MOST],
            f"{home}modules/tank-010/facilitator": every[3 : 3 + MOST],
            f"{home}modules/tank-020": every[-MOST:],
            f"{home}glossary": every[:MOST],
            home: every[:MOST],
        }
        for place, expected in places.items():
            html = site.html(place)
            assert listed(html) == expected, place
            link = re.search(rf'<a href="([^"]*)">{ALL[locale]} \({count}\)</a>', menu(html))
            assert link, place
            depth = len([part for part in place.split("/") if part]) - bool(home)
            assert link[1] == "../" * depth + "#gs-content", place
    assert 'aria-current="page">Rinse tank-010' in re.sub(r">\s+", ">", site.html("fr/modules/tank-010"))


def test_a_small_hub_lists_all_its_modules_and_needs_no_link(build_site):
    site = build_site(many(MOST))

    for place in ("", "modules/tank-001", "modules/tank-012", "es/glossary"):
        assert listed(site.html(place)) == names(MOST)
        assert "gs-content" not in menu(site.html(place))


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_link_leads_to_the_list_of_all_modules_on_the_home_page(build_site, directory_urls):
    page = "---\ntitle: Home\ndescription: A page.\ntemplate: home.html\n---\nWelcome.\n"
    homes = {f"content/{locale}/index.md": page for locale in HOMES}
    site = build_site({**many(MOST + 1), **homes}, use_directory_urls=directory_urls)

    for locale, home in HOMES.items():
        found = menu(site.html(f"{home}modules/tank-003"))
        assert f'<a href="../../{"" if directory_urls else "index.html"}#gs-modules">{ALL[locale]} (13)</a>' in found
    assert listed(site.html("modules/tank-013/facilitator")) == names(MOST + 1)[1:]
    shelf = site.html("fr").partition('id="gs-modules"')[2]
    assert re.findall(r"<h3><a [^>]*>Rinse ([\w-]+)", shelf) == names(MOST + 1)


def test_the_footer_leads_to_the_pages_that_the_site_has(build_site):
    site = build_site({f"content/{locale}/about.md": ABOUT for locale in HOMES})

    for home in HOMES.values():
        html = site.html(f"{home}modules/rinsing")
        footer = html[html.index('<footer class="gs-footer"') :]
        assert re.findall(r'<li><a href="([^"]*)"', footer) == ["../../about/"]


def test_the_menu_has_the_same_bytes_however_many_modules_there_are(build_site):
    def menus(count: int) -> list[str]:
        site = build_site(many(count))
        places = ("modules/tank-004", "es/modules/tank-004/facilitator", "fr/pathways/supplier", "")
        return [menu(site.html(place)).replace(f"({count})", "(all)") for place in places]

    assert menus(MOST + 1) == menus(40)


def forgotten(messages: list[str]) -> dict[str, list[str]]:
    """Pages that MkDocs says are not in the navigation, by their language."""
    told = [text.split("\n  - ")[1:] for text in messages if 'not included in the "nav" configuration' in text]
    return {pages[0].partition("/")[0]: [page.partition("/")[2] for page in pages] for pages in told}


def test_a_page_that_is_meant_to_be_outside_of_the_menu_is_not_told_as_forgotten(build_site, caplog):
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        site = build_site({f"content/{locale}/about.md": ABOUT for locale in HOMES})

    assert forgotten(caplog.messages) == {}
    for home in HOMES.values():
        assert "/facilitator/" not in menu(site.html(f"{home}modules/rinsing/facilitator"))


def test_what_a_navigation_of_ones_own_leaves_out_is_told_but_for_what_no_navigation_has(build_site, caplog):
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        build_site({f"content/{locale}/about.md": ABOUT for locale in HOMES}, nav=["index.md", "glossary/index.md"])

    told = forgotten(caplog.messages)
    assert set(told) == set(HOMES)
    for pages in told.values():
        assert {"about.md", "modules/rinsing/index.md"} <= set(pages)
        assert not {"index.md", "glossary/index.md", "modules/rinsing/facilitator/index.md"} & set(pages)

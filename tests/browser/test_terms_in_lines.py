"""A term in running text and the signs that touch it stay on one line, as in text without buttons."""

from __future__ import annotations

import pytest
from visiting import HOMES, LOCALES

pytestmark = pytest.mark.browser
PARTED = r"""() => {
  const [ENDING, BEGINNING] = [/[([{«“‘¿¡’'\u00a0\u202f]/, /[)\]}»”.,;:?!…’'\u00a0\u202f]/]
  const blocks = new Set([...document.querySelectorAll('.gs-term')].map(term => term.closest('p, li, td, dd')))
  const [found, range] = [[], document.createRange()]
  for (const block of blocks) {
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    let last
    while (texts.nextNode()) {
      const text = texts.currentNode
      for (let place = 0; place < text.data.length; place++) {
        const sign = text.data[place]
        range.setStart(text, place)
        range.setEnd(text, place + 1)
        const [box] = range.getClientRects()
        if (!box || ' \t\r\n\f'.includes(sign)) { last = undefined; continue } // at a space a line may end
        if (last && box.top >= last.bottom - 3 && (BEGINNING.test(sign) || ENDING.test(last.sign))) {
          found.push(`${last.sign}|${text.data.slice(place, place + 20)} in ${block.textContent.slice(0, 60)}`)
        }
        last = {sign, bottom: box.bottom}
      }
    }
  }
  return found
}"""
"""Where a line ends between two signs that touch, though one of them may not end or not begin a line."""


@pytest.mark.parametrize("locale", LOCALES)
def test_no_line_begins_with_a_sign_that_ends_something_or_ends_with_one_that_begins_it(visit, hub, locale):
    visitor = visit(360)
    found = {place: parted for place in hub.modules(locale) if (parted := visitor.open(place).evaluate(PARTED))}

    assert found == {}


def test_a_long_term_goes_on_in_the_next_line_with_its_signs(visit):
    page = visit(320).open(f"{HOMES['fr']}modules/green-supply-chains/")
    term = page.locator(".gs-term", has_text="L’intervenant en aide technique,")

    assert term.locator("span").evaluate("it => it.getClientRects().length") == 2
    assert page.evaluate("() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate(PARTED) == []

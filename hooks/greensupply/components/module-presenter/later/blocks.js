// @ts-check
/**
 * The text of a module, block by block, on the learners' page and in the facilitator's edition. Both are made of the same
 * text, so a block has the same place on both: the count of headings, boxes and questions so far, and of blocks since.
 * With that the presenter finds the notes that belong to a slide.
 */

const LEFT_OUT = '.gs-stale, .untranslated, .gs-draft, .gs-edit, .launch, script'
const WRAPPER = 'div.gs-untranslated, div[lang]:not([class])'
const BEGIN = '.gs-module-head, .gs-article > .gs-objectives'
const HEADING = 'h2, h3, h4, h5, h6'
const ANCHOR = `${HEADING}, .question, .gs-key, .gs-callout`

/** @param {Element} article @returns {Block[]} */
export function blocks(article) {
  const all = unwrapped(article)
  const start = all.findIndex(element => element.matches(BEGIN)) + 1
  const end = all.findIndex(element => element.querySelector(':scope > quiz-score'))
  /** @type {Block[]} */
  const found = []
  let [anchors, since, section] = [0, 0, 0]
  for (const element of all.slice(start, end < 0 ? undefined : end)) {
    if (element.matches(LEFT_OUT) || !element.textContent?.trim() && !element.querySelector('img')) continue
    const note = element.matches('.gs-facilitator')
    if (element.matches('h2')) section += 1
    if (!note && element.matches(ANCHOR)) [anchors, since] = [anchors + 1, 0]
    else if (!note) since += 1
    found.push({element, note, place: [anchors, since], section})
  }
  return found
}

/** Which of two places comes first: below 0 for the first one. @param {Place} one @param {Place} other */
export function compare(one, other) { return one[0] - other[0] || one[1] - other[1] }

/** @param {Element} element @returns {Element[]} */
function unwrapped(element) { return [...element.children].flatMap(child => child.matches(WRAPPER) ? unwrapped(child) : [child]) }

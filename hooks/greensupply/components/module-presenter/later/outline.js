// @ts-check
/** The page of a module -> what is to be shown, one after the other, before it is known how much a screen holds. */
import {blocks} from './blocks.js'
import {contents, make, textOf} from './dom.js'
import {poll} from './poll.js'

/** @type {Place} */
const START = [0, 0]

/** @param {Element} article @param {Words} words @returns {Group[]} */
export function outline(article, words) {
  const title = article.querySelector('h1')
  const language = article.querySelector('.gs-untranslated')?.getAttribute('lang') ?? ''
  const all = blocks(article).filter(({note}) => !note)
  const end = all.at(-1)?.place ?? START
  return [
    ...opening(article, title),
    ...groupsOf(all, words).map(group => ({...group, language})),
    group('title', [document.createTextNode(words.end ?? '')], [make('p', 'gs-summary', ...contents(title))], {section: '', order: Infinity, from: end, to: end}),
  ]
}

/** The title and what one can do afterwards. @param {Element} article @param {Element | null} title @returns {Group[]} */
function opening(article, title) {
  const at = {section: '', order: 0, from: START, to: START}
  const first = group('title', contents(title), [...article.querySelectorAll('.gs-module-head > .gs-summary')], at)
  const aims = article.querySelector('.gs-module-head .gs-objectives')
  return aims ? [first, group('text', contents(aims.querySelector('h2')), [...aims.querySelectorAll(':scope > ul')], at)] : [first]
}

/** @param {Block[]} all @param {Words} words @returns {Group[]} */
function groupsOf(all, words) {
  /** @type {Group[]} */
  const groups = []
  let section = ''
  /** The heading that the text stands under. @type {Element | null} */
  let under = null
  /** @type {Group | null} */
  let open = null
  for (const {element, place, section: order} of all) {
    const at = {section, order, from: place, to: place}
    if (element.matches('h2, h3')) {
      under = element
      if (element.matches('h2')) section = said(contents(element))
      open = group('text', contents(element), [], {...at, section})
      groups.push(open)
    } else if (element.matches('.question, .gs-callout, figure')) {
      const bare = open && groups.at(-1) === open && !open.units.length && (under?.matches('h3') || element.matches('figure'))
      if (bare) groups.pop() // what follows stands under its heading and names it
      groups.push({...special(element, under, words, at), from: bare && open ? open.from : place, above: said(contents(under))})
    } else {
      if (!open || groups.at(-1) !== open) {
        open = {...group('text', contents(under), [], at), more: groups.some(({title}) => title === said(contents(under)))}
        groups.push(open)
      }
      open.units.push(element)
      open.to = place
    }
  }
  // A section whose heading is followed by nothing of its own is announced on a slide of its own.
  return groups.map(one => one.kind === 'text' && !one.units.length ? {...one, kind: 'title'} : one)
}

/** @param {Element} element @param {Element | null} under @param {Words} words @param {At} at @returns {Group} */
function special(element, under, words, at) {
  const question = /** @type {HTMLElement | null} */ (element.querySelector(':scope > quiz-question'))
  if (question) {
    const asked = poll(question, words)
    return {...group('poll', asked.prompt(), asked.ask, at), poll: asked}
  }
  if (element.matches('figure')) return group('figure', contents(under), [element], at)
  const [kind, ...title] = contents(element.querySelector('.gs-callout-title'))
  return {...group('box', [], [element], at), title: [said(kind ? [kind] : []), said(title)].filter(Boolean).join(' – ')}
}

/** @param {Group['kind']} kind @param {Node[]} heading @param {Element[]} units @param {At} at @returns {Group} */
function group(kind, heading, units, at) { return {...at, kind, heading, title: said(heading), units, above: '', language: ''} }

/** @param {Node[]} nodes */
function said(nodes) { return nodes.map(node => textOf(/** @type {Element} */ (node))).filter(Boolean).join(' ') }

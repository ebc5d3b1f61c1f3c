// @ts-check
/** Where the learner stands in every module of the page, shown in its list. */
import {learned, place} from '../shared/learning.js'
import {percent} from '../shared/numbers.js'
import {languageOf} from '../shared/page.js'
import {answered} from './device.js'

/** @typedef {{element: HTMLElement, link: HTMLAnchorElement, id: string, minutes: number, state: string, passed: boolean}} Row */
/** @typedef {(name: string, values?: Values) => string} Say */

/** Each module as it is kept; shown on the way. @param {HTMLElement} root @param {Say} say @returns {Row[]} */
export function rows(root, say) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll('.modules > li')]).map(element => {
    const {module: id = '', revision, minutes, questions = ''} = element.dataset
    const {state, score, at} = learned(id, Number(revision))
    const passed = state === 'passed' || state === 'older'
    const total = questions.split(' ').length
    const done = answered(id, questions)
    const language = languageOf(root)
    element.dataset.state = state
    const link = /** @type {HTMLAnchorElement} */ (element.querySelector('h3 a'))
    const lines = [
      !state && say('unknown'),
      passed && say(`${state}_on`, {date: day(at, language), score: percent(score, language)}),
      (done > 0 || state === 'begun') && say('answered', {done, total}),
    ]
    write(element, '.state', state ? say(`state_${state}`) : '')
    write(element, '.more', lines.filter(Boolean).join(' '))
    element.querySelector('.more')?.toggleAttribute('hidden', !lines.some(Boolean))
    element.querySelector('.bar')?.toggleAttribute('hidden', !done)
    const bar = element.querySelector('progress')
    if (bar) bar.value = done
    return {element, link, id, minutes: Number(minutes), state, passed}
  })
}

/**
 * Where the learner stopped, unless that module is not on this site.
 * @param {Row[]} rows
 * @returns {{row: Row, href: string, label: string} | null} `label` only where its words are of this language
 */
export function stopped(rows) {
  const last = place()
  const row = rows.find(({id}) => id === last?.module)
  if (!row || !last) return null
  const same = last.lang === document.documentElement.lang
  const anchor = last.anchor && (same || last.anchor.startsWith('question-')) ? `#${encodeURIComponent(last.anchor)}` : ''
  return {row, href: row.link.href + anchor, label: same ? last.label : ''}
}

/** @param {string} at @param {string} language */
export function day(at, language) { return new Intl.DateTimeFormat(language, {dateStyle: 'long'}).format(new Date(at)) }

/** Text of a part, written only where it changes. @param {Element} root @param {string} selector @param {string} text */
export function write(root, selector, text) {
  const part = root.querySelector(selector)
  if (part && part.textContent !== text) part.textContent = text
}

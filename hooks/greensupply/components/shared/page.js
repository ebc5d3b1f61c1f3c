// @ts-check
/** What the components of one page share: its words, its progress, the state of its questions, when to speak. */
import {fits, mark, passes} from './marking.js'
import {Progress} from './progress.js'
import {forgetful, keptIn} from './store.js'

/** @type {WeakMap<Element, Quiz>} */
const quizzes = new WeakMap()

/**
 * The quiz that the page's `quiz-score` describes. A page that only shows how questions work has none but an element with
 * `data-practice` and the words; its answers are kept nowhere. Null without either.
 * @returns {Quiz | null}
 */
export function quizOf(page = document) {
  const score = page.querySelector('quiz-score') ?? page.querySelector('[data-practice]')
  if (!(score instanceof HTMLElement)) return null
  const known = quizzes.get(score)
  if (known) return known
  const {module = '', revision = '1', total, passMark, words = '{}', practice} = score.dataset
  const progress = new Progress(module, Number(revision), practice === undefined ? keptIn() : forgetful())
  const quiz = {words: JSON.parse(words), progress, module, revision: Number(revision), total: Number(total), passMark: Number(passMark)}
  quizzes.set(score, quiz)
  attend(progress)
  return quiz
}

/** Keep in step with other tabs for as long as the page lives. @param {import('./keep.js').Keep<any>} keep */
export function attend(keep) {
  addEventListener('storage', event => { if (event.key === null || event.key === keep.key) keep.refresh() })
  addEventListener('pageshow', event => { if (event.persisted) keep.refresh() })
  addEventListener('pagehide', () => keep.rescue())
}

/**
 * Where a learner stands with a question. An answer to another text of it, or of another shape, counts as none.
 * @param {HTMLElement} question
 * @param {Progress} progress
 * @returns {Standing}
 */
export function standing(question, progress) {
  const {id = '', digest, key: written = '{}'} = question.dataset
  /** @type {Key} */
  const key = JSON.parse(written)
  const answer = progress.answer(id)
  const response = answer?.digest === digest && fits(key, answer?.response) ? answer.response : null
  return {key, answer, response, verdict: response === null ? null : mark(key, response)}
}

/**
 * How a learner stands in the whole quiz: the one place that counts a score.
 * @param {Quiz} quiz
 * @returns {Reckoning}
 */
export function reckon({progress, total, passMark}, page = document) {
  const questions = /** @type {HTMLElement[]} */ ([...page.querySelectorAll('quiz-question')])
  const standings = questions.map(question => ({question, verdict: standing(question, progress).verdict}))
  const done = standings.filter(({verdict}) => verdict).length
  const right = standings.filter(({verdict}) => verdict?.right).length
  const complete = total > 0 && done >= total
  return {standings, done, right, total, complete, score: total ? right / total : 0, passed: complete && passes(right, total, passMark)}
}

/**
 * A text of the page with its `{placeholders}` filled.
 * @param {{words: Record<string, string>}} page
 * @param {string} name
 * @param {Values} [values]
 */
export function say({words}, name, values = {}) {
  return (words[name] ?? '').replace(/\{(\w+)\}/g, (_, value) => String(values[value] ?? ''))
}

/** The language for numbers and dates. @param {Element} element */
export function languageOf(element) {
  return element.closest('[lang]')?.getAttribute('lang') || 'en'
}

/**
 * A new element with text and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className = '', ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children)
  return element
}

/** Let a live region be filled without a sound, until the learner does something. @param {Element} region */
export function hush(region) {
  if (region.getAttribute('aria-live') === 'off') return
  region.setAttribute('aria-live', 'off')
  const waking = new AbortController()
  for (const event of ['focusin', 'pointerdown', 'keydown', 'click']) {
    document.addEventListener(event, () => { region.removeAttribute('aria-live'); waking.abort() }, {capture: true, signal: waking.signal})
  }
}

// @ts-check
/** What a learner answered in one module. */
import {Keep, isCount, isMap, later} from './keep.js'

const IDENTIFIER = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** @extends {Keep<Kept>} */
export class Progress extends Keep {
  #module

  /**
   * @param {string} module its id
   * @param {number} revision of the page's module
   * @param {() => Storage} [open] gives the store, or throws
   */
  constructor(module, revision, open) {
    super(`greensupply.module.${module}`, {revision, n: 0, answers: new Map(), passed: null}, {version: 1, plain, parse, merge}, open)
    this.#module = module
  }

  /** The rest of the page is told of each change made here; other tabs hear it from the store. @param {boolean} here */
  tell(here) {
    super.tell(here)
    if (here) document.dispatchEvent(new CustomEvent('greensupply:progress', {detail: this.#module}))
  }

  get passed() { return this.kept.passed }

  /** @param {string} id of the question */
  answer(id) { return this.kept.answers.get(id) }

  /**
   * Keep a checked answer.
   * @param {string} id
   * @param {Pick<Answer, 'digest' | 'response' | 'right'>} checked
   */
  keep(id, {digest, response, right}) {
    this.change(kept => {
      const before = kept.answers.get(id)
      const tries = before?.digest === digest ? before.tries + 1 : 1
      kept.answers.set(id, {digest, response, right, tries, n: ++kept.n})
    })
  }

  /** Keep that the pass mark was reached. @param {Passed} passed */
  pass(passed) { this.change(kept => { kept.passed = better(kept.passed, passed) }) }

  /** Erase all answers, here and, by their higher counter, in other tabs; a pass stays. */
  erase() {
    this.change(kept => {
      for (const [id, {digest}] of kept.answers) {
        kept.answers.set(id, {digest, response: null, right: false, tries: 0, n: ++kept.n})
      }
    })
  }
}

/** @param {Kept} kept */
function plain({revision, n, answers, passed}) {
  const sorted = [...answers].sort(([one], [other]) => (one < other ? -1 : 1))
  return {revision, n, answers: Object.fromEntries(sorted), passed}
}

/** @param {Record<string, any>} found @returns {Parsed<Kept>} */
function parse({revision, n, answers, passed}) {
  if (!isMap(answers)) return {damaged: true}
  /** @type {Kept} */
  const kept = {revision: isCount(revision) ? revision : 0, n: isCount(n) ? n : 0, answers: new Map(), passed: null}
  let damaged = !isCount(revision) || !isCount(n)
  for (const [id, answer] of Object.entries(answers)) {
    if (!IDENTIFIER.test(id)) continue
    if (isAnswer(answer)) {
      const {digest, response, right, tries, n: order} = answer
      kept.answers.set(id, {digest, response, right, tries, n: order})
      kept.n = Math.max(kept.n, order)
    } else damaged = true
  }
  if (isPassed(passed)) kept.passed = {score: passed.score, at: passed.at, revision: passed.revision}
  else if (passed !== null && passed !== undefined) damaged = true
  return {kept, damaged}
}

/** @param {Kept} one @param {Kept} other @returns {Kept} */
function merge(one, other) {
  const answers = new Map(one.answers)
  for (const [id, answer] of other.answers) {
    const mine = answers.get(id)
    if (!mine || later(answer, mine)) answers.set(id, answer)
  }
  return {
    revision: Math.max(one.revision, other.revision),
    n: Math.max(one.n, other.n),
    answers,
    passed: better(one.passed, other.passed),
  }
}

/** The newest revision's pass; of one revision the best score, and the day it was first reached.
 * @param {Passed | null} one
 * @param {Passed | null} other
 */
function better(one, other) {
  if (!one || !other) return one ?? other
  if (one.revision !== other.revision) return one.revision > other.revision ? one : other
  const at = one.at < other.at ? one.at : other.at
  return {score: Math.max(one.score, other.score), at, revision: one.revision}
}

/** @param {unknown} value @returns {value is Answer} */
function isAnswer(value) {
  if (!isMap(value)) return false
  const {digest, response, right, tries, n} = value
  const known = response === null || Number.isFinite(response) || (Array.isArray(response) && response.every(isCount))
  return typeof digest === 'string' && known && typeof right === 'boolean' && isCount(tries) && isCount(n)
}

/** @param {unknown} value @returns {value is Passed} */
function isPassed(value) {
  if (!isMap(value)) return false
  const {score, at, revision} = value
  const day = typeof at === 'string' && /^\d{4}-\d\d-\d\dT/.test(at) && !Number.isNaN(Date.parse(at))
  return day && typeof score === 'number' && score >= 0 && score <= 1 && isCount(revision)
}

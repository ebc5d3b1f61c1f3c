// @ts-check
/** What a learner answered in one module, kept in this browser under one key; in memory where that is not possible. */

const VERSION = 1
const IDENTIFIER = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Tells `change`, with `detail.here` false if another tab made it. */
export class Progress extends EventTarget {
  #key
  #open
  /** @type {Kept} */
  #kept
  /** @type {Trouble | null} why nothing is stored now */
  #unstored = null
  #setAside = false
  /** False while what is stored must not be written over. */
  #free = true
  /** @type {Set<Trouble>} */
  #told = new Set()

  /**
   * @param {string} module its id
   * @param {number} revision of the page's module
   * @param {() => Storage} [open] gives the store, or throws
   */
  constructor(module, revision, open = browserStore) {
    super()
    this.#key = `greensupply.module.${module}`
    this.#open = open
    this.#kept = {revision, n: 0, answers: new Map(), passed: null}
    this.#read()
  }

  get passed() { return this.#kept.passed }

  /** What went wrong with keeping answers, as far as it still matters. */
  get troubles() {
    /** @type {Trouble[]} */
    const found = this.#setAside ? ['corrupt'] : []
    return this.#unstored ? [...found, this.#unstored] : found
  }

  /** The troubles that the learner was not told yet; each is given once. */
  untold() {
    const news = this.troubles.filter(trouble => !this.#told.has(trouble))
    for (const trouble of news) this.#told.add(trouble)
    return news
  }

  /** @param {string} id of the question */
  answer(id) { return this.#kept.answers.get(id) }

  /**
   * Keep a checked answer.
   * @param {string} id
   * @param {Pick<Answer, 'digest' | 'response' | 'right'>} checked
   */
  keep(id, {digest, response, right}) {
    this.#change(() => {
      const before = this.answer(id)
      const tries = before?.digest === digest ? before.tries + 1 : 1
      this.#kept.answers.set(id, {digest, response, right, tries, n: ++this.#kept.n})
    })
  }

  /** Keep that the pass mark was reached. @param {Passed} passed */
  pass(passed) { this.#change(() => { this.#kept.passed = better(this.#kept.passed, passed) }) }

  /** Erase all answers, here and, by their higher counter, in other tabs; a pass stays. */
  erase() {
    this.#change(() => {
      for (const [id, {digest}] of this.#kept.answers) {
        this.#kept.answers.set(id, {digest, response: null, right: false, tries: 0, n: ++this.#kept.n})
      }
    })
  }

  /** Another tab wrote, or the page came back: take over what is new, give back what was lost. */
  refresh() {
    const before = text(this.#kept)
    const stored = this.#read()
    if (stored !== null && stored !== text(this.#kept)) this.#write()
    if (before !== text(this.#kept)) this.dispatchEvent(new CustomEvent('change', {detail: {here: false}}))
  }

  /** Before the page goes: save again what was cleared meanwhile. */
  rescue() {
    if (this.#kept.n && this.#read() !== text(this.#kept)) this.#write()
  }

  /** @param {() => void} make */
  #change(make) {
    this.#read()
    make()
    this.#write()
    this.dispatchEvent(new CustomEvent('change', {detail: {here: true}}))
  }

  /** Merge what is stored, and return its text; null if there is none that we may write over. */
  #read() {
    let raw = null
    this.#free = true
    if (this.#unstored === 'newer') this.#unstored = null
    try { raw = this.#open().getItem(this.#key) } catch (error) { this.#unstored = reason(error) }
    if (raw === null) return null
    const {kept, damaged, newer} = parse(raw)
    if (newer) this.#unstored = 'newer'
    this.#free = !newer
    if (kept) this.#kept = merge(this.#kept, kept)
    if (damaged) this.#putAside(raw)
    return this.#free ? raw : null
  }

  /** Keep text that cannot be read as it is, under another key, before anything is written over it. @param {string} raw */
  #putAside(raw) {
    this.#setAside = true
    this.#free = false
    try {
      const store = this.#open()
      store.setItem(`${this.#key}.corrupt`, raw)
      this.#free = store.getItem(`${this.#key}.corrupt`) === raw
      if (!this.#free) this.#unstored = 'dropped'
      else if (this.#kept.n) this.#write()
      else store.removeItem(this.#key)
    } catch (error) {
      this.#unstored = reason(error)
    }
  }

  /** One whole value in one write, then read back: some browsers drop it without a word. */
  #write() {
    if (!this.#free) return
    const value = text(this.#kept)
    try {
      const store = this.#open()
      store.setItem(this.#key, value)
      this.#unstored = store.getItem(this.#key) === value ? null : 'dropped'
    } catch (error) {
      this.#unstored = reason(error)
    }
  }
}

/** The browser's own store; a stand-in that only lives in memory does not count. */
function browserStore() {
  const store = window.localStorage
  if (!(store instanceof Storage)) throw new Error('not the browser’s store')
  return store
}

/** @param {unknown} error @returns {Trouble} */
function reason(error) {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  return /quota/i.test(name) ? 'full' : 'blocked'
}

/** The same text for the same content, so that two tabs agree and then fall silent. @param {Kept} kept */
function text({revision, n, answers, passed}) {
  const sorted = [...answers].sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify({v: VERSION, revision, n, answers: Object.fromEntries(sorted), passed})
}

/**
 * @param {string} raw
 * @returns {{kept?: Kept, damaged?: boolean, newer?: boolean}} `damaged`: a part, or all, could not be read
 */
function parse(raw) {
  let found
  try { found = JSON.parse(raw) } catch { return {damaged: true} }
  if (!isMap(found)) return {damaged: true}
  const {v, revision, n, answers, passed} = found
  if (typeof v === 'number' && v > VERSION) return {newer: true}
  if (v !== VERSION || !isMap(answers)) return {damaged: true}
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
    if (!mine || answer.n > mine.n || (answer.n === mine.n && JSON.stringify(answer) > JSON.stringify(mine))) {
      answers.set(id, answer)
    }
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

/** @param {unknown} value @returns {value is Record<string, any>} */
function isMap(value) { return typeof value === 'object' && value !== null && !Array.isArray(value) }

/** @param {unknown} value @returns {value is number} */
function isCount(value) { return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 50 }

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

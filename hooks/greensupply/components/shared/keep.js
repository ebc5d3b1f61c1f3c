// @ts-check
/** One value kept in this browser under one key; in memory where that is not possible. */

/** Under this key stands when everything was erased: whoever still holds something then forgets it, rather than give it back. */
export const ERASED = 'greensupply.erased'

/**
 * Tells `change`, with `detail.here` false if another tab made it.
 * @template Value
 */
export class Keep extends EventTarget {
  #form
  #open
  /** Text of a value that holds nothing yet. */
  #blank
  /** @type {Trouble | null} why nothing is stored now */
  #unstored = null
  #setAside = false
  /** @type {string | null} the last erasure that was followed */
  #erased = null
  /** False while what is stored must not be written over. */
  #free = true
  /** @type {Set<Trouble>} */
  #told = new Set()

  /**
   * @param {string} key
   * @param {Value} blank what is kept before anything happens
   * @param {Form<Value>} form
   * @param {() => Storage} [open] gives the store, or throws
   */
  constructor(key, blank, form, open = browserStore) {
    super()
    this.key = key
    this.kept = blank
    this.#form = form
    this.#open = open
    this.#blank = this.#text()
    this.#read()
  }

  /** What went wrong with keeping it, as far as it still matters. */
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

  /** Take over what is stored, change it, store it. @param {(kept: Value) => void} edit */
  change(edit) {
    this.#read()
    edit(this.kept)
    this.#write()
    this.tell(true)
  }

  /**
   * Join it with what another device kept, a text as this one stores it. What is damaged, or made by a newer site, is not taken.
   * @param {string} raw
   * @returns {'taken' | 'unchanged' | 'damaged' | Trouble}
   */
  take(raw) {
    const {kept, damaged, newer} = this.#parse(raw)
    if (newer) return 'newer'
    if (damaged || !kept) return 'damaged'
    this.#read()
    const before = this.#text()
    this.kept = this.#form.merge(this.kept, kept)
    if (before === this.#text() && !this.#unstored) return 'unchanged'
    this.#write()
    this.tell(true)
    return this.#unstored ?? 'taken'
  }

  /** Another tab wrote, or the page came back: take over what is new, give back what was lost. */
  refresh() {
    const before = this.#text()
    const stored = this.#read()
    if (stored !== null && stored !== this.#text()) this.#write()
    if (before !== this.#text()) this.tell(false)
  }

  /** Before the page goes: save again what was cleared meanwhile. */
  rescue() {
    if (this.#any && this.#read() !== this.#text() && this.#any) this.#write()
  }

  get #any() { return this.#text() !== this.#blank }

  /** The same text for the same content, so that two tabs agree and then fall silent. */
  #text() { return JSON.stringify({v: this.#form.version, ...this.#form.plain(this.kept)}) }

  /** @param {boolean} here */
  tell(here) { this.dispatchEvent(new CustomEvent('change', {detail: {here}})) }

  /** Merge what is stored, and return its text; null if there is none that we may write over. */
  #read() {
    let raw = null
    this.#free = true
    if (this.#unstored === 'newer') this.#unstored = null
    try {
      const store = this.#open()
      this.#follow(store.getItem(ERASED))
      raw = store.getItem(this.key)
    } catch (error) {
      this.#unstored = reason(error)
    }
    if (raw === null) return null
    const {kept, damaged, newer} = this.#parse(raw)
    if (newer) this.#unstored = 'newer'
    this.#free = !newer
    if (kept) this.kept = this.#form.merge(this.kept, kept)
    if (damaged) this.#putAside(raw)
    return this.#free ? raw : null
  }

  /** Forget everything if it was erased since. @param {string | null} erased */
  #follow(erased) {
    if (erased === null || erased === this.#erased) return
    this.#erased = erased
    this.kept = this.#form.parse(JSON.parse(this.#blank)).kept ?? this.kept
  }

  /** @param {string} raw @returns {Parsed<Value> & {newer?: boolean}} */
  #parse(raw) {
    const {version, parse} = this.#form
    let found
    try { found = JSON.parse(raw) } catch { return {damaged: true} }
    if (!isMap(found)) return {damaged: true}
    if (typeof found.v === 'number' && found.v > version) return {newer: true}
    return found.v === version ? parse(found) : {damaged: true}
  }

  /** Keep text that cannot be read as it is, under another key, before anything is written over it. @param {string} raw */
  #putAside(raw) {
    this.#setAside = true
    this.#free = false
    try {
      const store = this.#open()
      store.setItem(`${this.key}.corrupt`, raw)
      this.#free = store.getItem(`${this.key}.corrupt`) === raw
      if (!this.#free) this.#unstored = 'dropped'
      else if (this.#any) this.#write()
      else store.removeItem(this.key)
    } catch (error) {
      this.#unstored = reason(error)
    }
  }

  /** One whole value in one write, then read back: some browsers drop it without a word. */
  #write() {
    if (!this.#free) return
    const value = this.#text()
    try {
      const store = this.#open()
      store.setItem(this.key, value)
      this.#unstored = store.getItem(this.key) === value ? null : 'dropped'
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

/** @param {unknown} value @returns {value is Record<string, any>} */
export function isMap(value) { return typeof value === 'object' && value !== null && !Array.isArray(value) }

/** @param {unknown} value @returns {value is number} */
export function isCount(value) { return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 50 }

/**
 * What we know of a value, without what we do not know.
 * @template {object} Value
 * @param {Value} value
 * @param {(keyof Value)[]} keys
 */
export function pick(value, keys) { return /** @type {Value} */ (Object.fromEntries(keys.map(key => [key, value[key]]))) }

/** Of two changes, whether the first came last; two tabs answer alike. @param {{n: number}} one @param {{n: number}} other */
export function later(one, other) { return one.n === other.n ? JSON.stringify(one) > JSON.stringify(other) : one.n > other.n }

/**
 * Do it while no other tab does anything of that name; at once where the browser has no locks.
 * @template Result
 * @param {string} name
 * @param {() => Result | Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function alone(name, work) {
  let begun = false
  try {
    return await navigator.locks.request(name, () => { begun = true; return work() })
  } catch (error) {
    if (begun) throw error
    return work()
  }
}

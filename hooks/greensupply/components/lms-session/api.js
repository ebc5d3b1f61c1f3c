// @ts-check
/** The API that an LMS offers to a SCO: where it is, and calling it. */

/** Windows above a page that are looked through. Source: ADL's own finder, and STANDARDS. */
const LEVELS = 10
const TRUE = 'true'

/**
 * The API object in this window or one above it, else in the window that opened this one or one above that.
 * @param {string} name `API` or `API_1484_11`
 * @param {Window} start
 * @returns {Record<string, (...values: string[]) => unknown> | null}
 */
export function find(name, start = window) {
  return above(name, start) ?? above(name, opener(start)) ?? above(name, opener(start.top))
}

/** @param {string} name @param {Window | null} start */
function above(name, start) {
  let here = start
  for (let level = 0; here && level <= LEVELS; level += 1) {
    try {
      const found = /** @type {any} */ (here)[name]
      if (found) return found
    } catch { return null } // a window of another site
    if (here.parent === here) return null
    here = here.parent
  }
  return null
}

/** @param {Window | null} of @returns {Window | null} */
function opener(of) {
  try { return of?.opener ?? null } catch { return null }
}

/** One session with the API of one version of SCORM. The names of its functions begin with `prefix`. */
export class Api {
  #api
  #names
  /** The first refusal since the last commit, as the LMS numbers it; '' if there was none. */
  #refused = ''

  /**
   * @param {Record<string, (...values: string[]) => unknown>} api
   * @param {{begin: string, get: string, set: string, commit: string, end: string, error: string}} names
   */
  constructor(api, names) {
    this.#api = api
    this.#names = names
  }

  /** Is the session open now? */
  begin() { return this.#call(this.#names.begin, '') === TRUE }

  /** The value, '' for what was never set: some versions call that an error (403). @param {string} element @returns {string} */
  get(element) { return this.#call(this.#names.get, element) }

  /** Is it taken? A refusal is told at the next commit unless it does not matter. @param {string} element @param {string} value */
  set(element, value, matters = true) {
    const taken = this.#call(this.#names.set, element, value) === TRUE
    if (!taken && matters) this.#refused ||= this.error
    return taken
  }

  /** Have all of it kept; returns the first refusal since the last time, '' if all is well. */
  commit() {
    const kept = this.#call(this.#names.commit, '') === TRUE
    const refused = this.#refused || (kept ? '' : this.error)
    this.#refused = ''
    return refused
  }

  end() { return this.#call(this.#names.end, '') === TRUE }

  /** Number of the last error; never empty. */
  get error() { return this.#call(this.#names.error) || '?' }

  /** Each LMS writes its own API: it may throw, and give booleans for texts. @param {string} name @param {...string} values */
  #call(name, ...values) {
    try {
      return String(this.#api[name](...values) ?? '')
    } catch {
      return ''
    }
  }
}

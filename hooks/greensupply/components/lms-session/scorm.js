// @ts-check
/** What both versions of SCORM do alike with a session; each has its own names, limits, statuses and forms. */
import {Api, find} from './api.js'

export class Scorm {
  /** Of the interaction that comes next. */
  next = 0
  /** @type {Api} */
  #api = /** @type {Api} */ (/** @type {unknown} */ (null))
  #version

  /**
   * @param {{place: string, longest: number, time: string, span: (seconds: number) => string}} version
   *   the element of the place and its most characters; the element of the session's time and how that is written
   */
  constructor(version) {
    this.#version = version
  }

  /** Open the session: null if there is no LMS, its refusal, or true. @param {string} api @param {ConstructorParameters<typeof Api>[1]} names */
  begin(api, names) {
    const found = find(api)
    if (!found) return null
    this.#api = new Api(found, names)
    return this.#api.begin() || {refused: this.#api.error}
  }

  /** @param {string} name */
  get(name) { return this.#api.get(`cmi.${name}`) }

  /** @param {string} name @param {string} value */
  set(name, value) { this.#api.set(`cmi.${name}`, value) }

  commit() { return this.#api.commit() }

  /** Some LMSs keep no interactions, which takes nothing from a result. @param {string[][]} elements the id first */
  interaction(elements) {
    const taken = elements.map(([name, value]) => this.#api.set(`cmi.interactions.${this.next}.${name}`, value, false))
    if (taken[0]) this.next += 1
  }

  /** @param {Pick<Reached, 'place' | 'seconds'>} reached */
  rest(reached) {
    this.#note(reached)
    return this.commit()
  }

  /** @param {Pick<Reached, 'place' | 'seconds'> | null} reached */
  leave(reached) {
    if (reached) this.#note(reached)
    this.#api.end()
  }

  /** No place is no value. @param {Pick<Reached, 'place' | 'seconds'>} reached */
  #note({place, seconds}) {
    const {place: element, longest, time, span} = this.#version
    if (place) this.set(element, place.slice(0, longest))
    this.set(time, span(seconds))
  }
}

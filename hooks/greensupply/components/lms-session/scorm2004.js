// @ts-check
/** SCORM 2004, 4th edition: one `Lms`. Source: ADL, SCORM 2004 4th Edition Run-Time Environment; STANDARDS, sections 4 and 5. */
import {Api, find} from './api.js'
import {pattern, span, type, written} from './patterns.js'

const NAMES = {begin: 'Initialize', get: 'GetValue', set: 'SetValue', commit: 'Commit', end: 'Terminate', error: 'GetLastError'}
/** What a place and a description may have, in characters. */
const LONGEST_PLACE = 1000
const LONGEST_DESCRIPTION = 250

/** @implements {Lms} */
export class Scorm2004 {
  #api = /** @type {Api} */ (/** @type {unknown} */ (null))
  #completion = ''
  #success = ''
  #next = 0

  start() {
    const found = find('API_1484_11')
    if (!found) return null
    this.#api = new Api(found, NAMES)
    if (!this.#api.begin()) return {refused: this.#api.error}
    const get = (/** @type {string} */ name) => this.#api.get(`cmi.${name}`)
    const mode = get('mode')
    this.#completion = get('completion_status')
    this.#success = get('success_status')
    /** @type {Begun} */
    const launch = {
      mode: mode === 'review' || mode === 'browse' ? mode : 'normal',
      state: get('suspend_data'),
      place: get('location'),
      language: get('learner_preference.language'),
      passMark: number(get('scaled_passing_score')),
      score: number(get('score.scaled')),
      passed: this.#success === 'passed',
      completed: this.#completion === 'completed',
      limit: 64_000,
    }
    if (launch.mode !== 'normal') return launch
    this.#next = Number(get('interactions._count')) || 0
    if (['', 'unknown', 'not attempted'].includes(this.#completion)) this.#set('completion_status', this.#completion = 'incomplete')
    this.#set('exit', 'suspend') // now: without it the next launch would be a new attempt, without what is kept
    this.#api.commit()
    return launch
  }

  /** @param {Interaction} interaction */
  answer({id, key, response, right, at, seconds, description, language}) {
    const place = `interactions.${this.#next}`
    const said = `{lang=${language}}${description}`.slice(0, LONGEST_DESCRIPTION).replace(/[\uD800-\uDBFF]$/, '') // no half sign
    const taken = [
      ['id', id],
      ['type', type(key)],
      ['timestamp', moment(at)],
      ['correct_responses.0.pattern', pattern(key)],
      ['learner_response', written(key, response)],
      ['result', right ? 'correct' : 'incorrect'],
      ['latency', span(seconds)],
      ['description', said],
    ].map(([name, value]) => this.#api.set(`cmi.${place}.${name}`, value, false))
    if (taken[0]) this.#next += 1
  }

  /** @param {Reached} reached */
  save({state, place, answered, score, completed, passed, seconds}) {
    if (score !== null) {
      this.#set('score.min', '0')
      this.#set('score.max', '100')
      this.#set('score.raw', rounded(score * 100, 2))
      this.#set('score.scaled', rounded(score, 7))
    }
    this.#set('progress_measure', completed ? '1' : rounded(answered, 4))
    if (completed) this.#set('completion_status', this.#completion = 'completed')
    if (score !== null && this.#success !== 'passed') this.#success = passed ? 'passed' : 'failed'
    if (score !== null) this.#set('success_status', this.#success)
    this.#set('suspend_data', state)
    return this.rest({place, seconds})
  }

  /** @param {Pick<Reached, 'place' | 'seconds'>} reached */
  rest(reached) {
    this.#note(reached)
    return this.#api.commit()
  }

  /** @param {Pick<Reached, 'place' | 'seconds'> | null} reached */
  leave(reached) {
    if (reached) this.#note(reached)
    this.#api.end()
  }

  /** No place is no value. @param {Pick<Reached, 'place' | 'seconds'>} reached */
  #note({place, seconds}) {
    if (place) this.#set('location', place.slice(0, LONGEST_PLACE))
    this.#set('session_time', span(seconds))
  }

  /** @param {string} name @param {string} value */
  #set(name, value) { this.#api.set(`cmi.${name}`, value) }
}

/** A share from 0 to 1; null for what is none. @param {string} text */
function number(text) {
  const value = text.trim() === '' ? NaN : Number(text)
  return value >= -1 && value <= 1 ? Math.max(0, value) : null
}

/** @param {number} value @param {number} decimals */
function rounded(value, decimals) { return String(Number(value.toFixed(decimals))) }

/** UTC; a zone is taken only after a fraction, which has two digits at most. @param {Date} at */
function moment(at) { return at.toISOString().replace(/(\.\d\d)\d?Z$/, '$1Z') }

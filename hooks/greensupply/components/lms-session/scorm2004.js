// @ts-check
/** SCORM 2004, 4th edition: one `Lms`. Source: ADL, SCORM 2004 4th Edition Run-Time Environment; STANDARDS, sections 4 and 5. */
import {pattern, span, type, written} from './patterns.js'
import {Scorm} from './scorm.js'

const NAMES = {begin: 'Initialize', get: 'GetValue', set: 'SetValue', commit: 'Commit', end: 'Terminate', error: 'GetLastError'}
/** What a place and a description may have, in characters. */
const LONGEST_PLACE = 1000
const LONGEST_DESCRIPTION = 250

/** @implements {Lms} */
export class Scorm2004 extends Scorm {
  #completion = ''
  #success = ''

  constructor() { super({place: 'location', longest: LONGEST_PLACE, time: 'session_time', span}) }

  start() {
    const begun = this.begin('API_1484_11', NAMES)
    if (begun !== true) return begun
    const mode = this.get('mode')
    this.#completion = this.get('completion_status')
    this.#success = this.get('success_status')
    /** @type {Begun} */
    const launch = {
      mode: mode === 'review' || mode === 'browse' ? mode : 'normal',
      state: this.get('suspend_data'),
      place: this.get('location'),
      language: this.get('learner_preference.language'),
      passMark: number(this.get('scaled_passing_score')),
      score: number(this.get('score.scaled')),
      passed: this.#success === 'passed',
      completed: this.#completion === 'completed',
      limit: 64_000,
    }
    if (launch.mode !== 'normal') return launch
    this.next = Number(this.get('interactions._count')) || 0
    if (['', 'unknown', 'not attempted'].includes(this.#completion)) this.set('completion_status', this.#completion = 'incomplete')
    this.set('exit', 'suspend') // now: without it the next launch would be a new attempt, without what is kept
    this.commit()
    return launch
  }

  /** @param {Interaction} interaction */
  answer({id, key, response, right, at, seconds, description, language}) {
    const said = `{lang=${language}}${description}`.slice(0, LONGEST_DESCRIPTION).replace(/[\uD800-\uDBFF]$/, '') // no half sign
    this.interaction([
      ['id', id],
      ['type', type(key)],
      ['timestamp', moment(at)],
      ['correct_responses.0.pattern', pattern(key)],
      ['learner_response', written(key, response)],
      ['result', right ? 'correct' : 'incorrect'],
      ['latency', span(seconds)],
      ['description', said],
    ])
  }

  /** @param {Reached} reached */
  save({state, place, answered, score, completed, passed, seconds}) {
    if (score !== null) {
      this.set('score.min', '0')
      this.set('score.max', '100')
      this.set('score.raw', rounded(score * 100, 2))
      this.set('score.scaled', rounded(score, 7))
    }
    this.set('progress_measure', completed ? '1' : rounded(answered, 4))
    if (completed) this.set('completion_status', this.#completion = 'completed')
    if (score !== null && this.#success !== 'passed') this.#success = passed ? 'passed' : 'failed'
    if (score !== null) this.set('success_status', this.#success)
    this.set('suspend_data', state)
    return this.rest({place, seconds})
  }
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

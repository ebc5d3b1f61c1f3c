// @ts-check
/** SCORM 1.2: one `Lms`. Source: ADL, SCORM 1.2 Run-Time Environment; what LMSs make of it: STANDARDS, sections 3 and 5. */
import {Api, find} from './api.js'

const NAMES = {begin: 'LMSInitialize', get: 'LMSGetValue', set: 'LMSSetValue', commit: 'LMSCommit', end: 'LMSFinish', error: 'LMSGetLastError'}
const HOUR = 3600
/** What an id, a pattern and a place may have, in characters. */
const LONGEST = 255

/** @implements {Lms} */
export class Scorm12 {
  #api = /** @type {Api} */ (/** @type {unknown} */ (null))
  #status = ''
  #next = 0

  start() {
    const found = find('API')
    if (!found) return null
    this.#api = new Api(found, NAMES)
    if (!this.#api.begin()) return {refused: this.#api.error}
    const get = (/** @type {string} */ name) => this.#api.get(`cmi.${name}`)
    const status = get('core.lesson_status')
    const mode = get('core.lesson_mode')
    /** @type {Begun} */
    const launch = {
      mode: mode === 'review' || mode === 'browse' ? mode : 'normal',
      state: get('suspend_data'),
      place: get('core.lesson_location'),
      language: get('student_preference.language'),
      passMark: share(get('student_data.mastery_score')),
      score: share(get('core.score.raw')),
      passed: status === 'passed',
      completed: ['completed', 'passed', 'failed'].includes(status),
      limit: 4096,
    }
    this.#status = status
    if (launch.mode !== 'normal') return launch
    this.#next = Number(get('interactions._count')) || 0
    if (['', 'not attempted', 'browsed'].includes(status)) this.#set('core.lesson_status', this.#status = 'incomplete')
    this.#set('core.exit', 'suspend') // now: a machine that is switched off sends nothing any more
    this.#api.commit()
    return launch
  }

  /** Some LMSs keep no interactions, which takes nothing from a result. @param {Interaction} interaction */
  answer({id, key, response, right, at, seconds}) {
    const at12 = `interactions.${this.#next}`
    const pattern = written(key, response)
    const correct = written(key, solution(key))
    const taken = [
      ['id', id.slice(0, LONGEST)],
      ['type', type(key)],
      ['time', clock(at)],
      ...(correct.length <= LONGEST ? [['correct_responses.0.pattern', correct]] : []),
      ...(pattern.length <= LONGEST ? [['student_response', pattern]] : []),
      ['result', right ? 'correct' : 'wrong'],
      ['latency', span(seconds)],
    ].map(([name, value]) => this.#api.set(`cmi.${at12}.${name}`, value, false))
    if (taken[0]) this.#next += 1
  }

  /** @param {Reached} reached */
  save({state, place, score, completed, passed, seconds}) {
    if (score !== null) {
      this.#set('core.score.min', '0')
      this.#set('core.score.max', '100')
      this.#set('core.score.raw', hundredth(score * 100))
    }
    const status = passed ? 'passed' : completed && score !== null ? 'failed' : this.#status
    if (this.#status !== 'passed') this.#set('core.lesson_status', this.#status = status)
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
    if (place) this.#set('core.lesson_location', place.slice(0, LONGEST))
    this.#set('core.session_time', span(seconds))
  }

  /** @param {string} name @param {string} value */
  #set(name, value) { this.#api.set(`cmi.${name}`, value) }
}

/** A percentage as a share; null for what is none. @param {string} percentage */
function share(percentage) {
  const value = percentage.trim() === '' ? NaN : Number(percentage)
  return value >= 0 && value <= 100 ? value / 100 : null
}

/** @param {Key} key */
function type({type: kind}) {
  if (kind === 'matching' || kind === 'numeric' || kind === 'true-false') return kind
  return kind === 'ordering' ? 'sequencing' : 'choice'
}

/** The right response, as a response. @param {Key} key @returns {Given} */
function solution({type: kind, answer, right, count = 0}) {
  if (kind === 'numeric') return Number(answer)
  return right ?? Array.from({length: count}, (_, place) => place)
}

/** `a,c`; `t`; `12.5`; `1.a,2.b`. @param {Key} key @param {Given} response */
function written({type: kind}, response) {
  if (typeof response === 'number') return decimal(response)
  if (kind === 'true-false') return response[0] === 0 ? 't' : 'f'
  const letters = response.map(index => (index + 10).toString(36))
  if (kind === 'matching') return letters.map((letter, place) => `${(place + 1).toString(36)}.${letter}`).join(',')
  return (kind === 'ordering' ? letters : letters.sort()).join(',')
}

/** A CMIDecimal has no exponent. @param {number} value */
function decimal(value) {
  const plain = String(value)
  return plain.includes('e') ? value.toLocaleString('en', {useGrouping: false, maximumFractionDigits: 20}) : plain
}

/** @param {number} value */
function hundredth(value) { return String(Math.round(value * 100) / 100) }

/** `HH:MM:SS` of this place. @param {Date} at */
function clock(at) {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(part => String(part).padStart(2, '0')).join(':')
}

/** `HHHH:MM:SS.ss`. @param {number} seconds */
function span(seconds) {
  const whole = Math.min(Math.round(seconds * 100), 9999 * HOUR * 100) / 100
  const parts = [Math.floor(whole / HOUR), Math.floor(whole / 60) % 60].map(part => String(part).padStart(2, '0'))
  return [...parts, (whole % 60).toFixed(2).padStart(5, '0')].join(':')
}

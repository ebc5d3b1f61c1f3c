// @ts-check
/** SCORM 1.2: one `Lms`. Source: ADL, SCORM 1.2 Run-Time Environment; what LMSs make of it: STANDARDS, sections 3 and 5. */
import {Scorm} from './scorm.js'

const NAMES = {begin: 'LMSInitialize', get: 'LMSGetValue', set: 'LMSSetValue', commit: 'LMSCommit', end: 'LMSFinish', error: 'LMSGetLastError'}
const HOUR = 3600
/** What an id, a pattern and a place may have, in characters. */
const LONGEST = 255

/** @implements {Lms} */
export class Scorm12 extends Scorm {
  #status = ''

  constructor() { super({place: 'core.lesson_location', longest: LONGEST, time: 'core.session_time', span}) }

  start() {
    const begun = this.begin('API', NAMES)
    if (begun !== true) return begun
    const status = this.get('core.lesson_status')
    const mode = this.get('core.lesson_mode')
    /** @type {Begun} */
    const launch = {
      mode: mode === 'review' || mode === 'browse' ? mode : 'normal',
      state: this.get('suspend_data'),
      place: this.get('core.lesson_location'),
      language: this.get('student_preference.language'),
      passMark: share(this.get('student_data.mastery_score')),
      score: share(this.get('core.score.raw')),
      passed: status === 'passed',
      completed: ['completed', 'passed', 'failed'].includes(status),
      limit: 4096,
    }
    this.#status = status
    if (launch.mode !== 'normal') return launch
    this.next = Number(this.get('interactions._count')) || 0
    if (['', 'not attempted', 'browsed'].includes(status)) this.set('core.lesson_status', this.#status = 'incomplete')
    this.set('core.exit', 'suspend') // now: a machine that is switched off sends nothing any more
    this.commit()
    return launch
  }

  /** @param {Interaction} interaction */
  answer({id, key, response, right, at, seconds}) {
    const pattern = written(key, response)
    const correct = written(key, solution(key))
    this.interaction([
      ['id', id.slice(0, LONGEST)],
      ['type', type(key)],
      ['time', clock(at)],
      ...(correct.length <= LONGEST ? [['correct_responses.0.pattern', correct]] : []),
      ...(pattern.length <= LONGEST ? [['student_response', pattern]] : []),
      ['result', right ? 'correct' : 'wrong'],
      ['latency', span(seconds)],
    ])
  }

  /** @param {Reached} reached */
  save({state, place, score, completed, passed, seconds}) {
    if (score !== null) {
      this.set('core.score.min', '0')
      this.set('core.score.max', '100')
      this.set('core.score.raw', hundredth(score * 100))
    }
    const status = passed ? 'passed' : completed && score !== null ? 'failed' : this.#status
    if (this.#status !== 'passed') this.set('core.lesson_status', this.#status = status)
    this.set('suspend_data', state)
    return this.rest({place, seconds})
  }
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

// @ts-check
/** What the register says of aspects, weights and the rule, in the learner's language. */
import {say} from '../shared/page.js'
import {write} from '../shared/numbers.js'
import {CRITERIA, decimals} from './arithmetic.js'

/**
 * @typedef {import('./arithmetic.js').Verdict} Verdict
 * @typedef {import('./arithmetic.js').Weights} Weights
 * @typedef {{chosen: boolean, counts: boolean, reason: string, date: string, name: string}} Override
 * @typedef {{
 *   activity: string, aspect: string, impact: string, condition: string,
 *   scores: (number | null)[], override: Override, verdict: Verdict,
 * }} Aspect
 */

const LETTERS = CRITERIA.map(letter => letter.toUpperCase())
/** Stands for a number that is not known. */
const UNKNOWN = '–'

export class Wording {
  #words
  #locale

  /** @param {Record<string, string>} words @param {string} locale */
  constructor(words, locale) {
    this.#words = words
    this.#locale = locale
  }

  /** @param {string} name @param {Values} [values] */
  say(name, values) { return say({words: this.#words}, name, values) }

  /** @param {number | null} number */
  number(number) { return number === null ? UNKNOWN : write(number, this.#locale) }

  /** @param {Weights} weights */
  weights({state, sum, whole, gap, mixed}) {
    const text = this.say(`weights_${state}`, {sum: this.number(sum), whole: this.number(whole), gap: this.number(gap)})
    return mixed ? `${text} ${this.say('weights_mixed')}` : text
  }

  /** `Score = 0.30 × S + …` @param {number[] | null} shares */
  formula(shares) { return this.say('formula', {terms: shares ? this.#products(shares, LETTERS) : UNKNOWN}) }

  /** @param {number | null} limit */
  rule(limit) { return this.say('rule', {limit: this.number(limit)}) }

  /** `Score = 0.30 × 5 + … = 1.5 + … = 3.9`, or what is still missing. @param {Aspect} aspect @param {number[] | null} shares */
  sum({scores, verdict: {terms, score}}, shares) {
    const open = LETTERS.filter((_, place) => scores[place] === null)
    if (open.length) return this.say('still_to_score', {letters: open.join(', ')})
    if (!terms || !shares) return this.formula(null)
    return this.say('sum', {terms: this.#products(shares, scores), sums: this.#alike(terms).join(' + '), score: this.number(score)})
  }

  /** Score, significance and why, in one line. @param {Aspect} aspect @param {number | null} limit */
  standing({verdict: {score, significant, reasons}, override}, limit) {
    const name = significant === null ? 'undecided' : significant ? 'because' : 'not_significant'
    const open = override.chosen && !override.counts ? `; ${this.say('override_open')}` : ''
    const text = this.say(name, {reasons: this.because(reasons, limit)}) + open
    return score === null ? text : this.say('standing', {score: this.number(score), verdict: text})
  }

  /** @param {import('./arithmetic.js').Reason[]} reasons @param {number | null} limit */
  because(reasons, limit) { return reasons.map(reason => this.say(`because_${reason}`, {limit: this.number(limit)})).join(', ') }

  /** @param {boolean | null} significant */
  answer(significant) { return significant === null ? UNKNOWN : this.say(significant ? 'yes' : 'no') }

  /** @param {Override} override */
  lifted({reason, date, name}) {
    const day = new Intl.DateTimeFormat(this.#locale, {dateStyle: 'long', timeZone: 'UTC'}).format(new Date(date))
    return this.say('override_said', {reason, date: day, name})
  }

  /** @param {number[]} shares @param {(string | number | null)[]} factors */
  #products(shares, factors) { return this.#alike(shares, 2).map((share, place) => `${share} × ${factors[place]}`).join(' + ') }

  /** All with the same number of decimals, as sums are written. @param {number[]} numbers @param {number} [least] */
  #alike(numbers, least = 0) {
    const digits = Math.max(least, decimals(numbers))
    const form = new Intl.NumberFormat(this.#locale, {minimumFractionDigits: digits, maximumFractionDigits: digits})
    return numbers.map(number => form.format(number))
  }
}

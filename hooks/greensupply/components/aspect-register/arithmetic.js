// @ts-check
/** Weighted scoring of environmental aspects. Pure: no page, no storage, no words. */

/**
 * @typedef {'open' | 'short' | 'over' | 'sound'} State
 * @typedef {{state: State, sum: number, whole: number, gap: number, mixed: boolean, shares: number[] | null}} Weights
 * @typedef {'score' | 'obligation' | 'override'} Reason
 * @typedef {{terms: number[] | null, score: number | null, reasons: Reason[], significant: boolean | null}} Verdict
 */

/** The criteria in the order of scores and weights: severity, frequency, quantity, compliance, interested parties. */
export const CRITERIA = ['s', 'f', 'q', 'c', 'i']

/** Scores run from 1 to this; a compliance obligation that has it makes the aspect significant at any score. */
export const HIGHEST = 5

const COMPLIANCE = CRITERIA.indexOf('c')
/** Decimals that count; numbers closer than that are equal: 0.1 + 0.2 is 0.3. */
const PLACES = 9
const NEAR = 10 ** -PLACES

/**
 * What the weights come to. They add up to 1, or to 100 where one of them is more than 1.
 * @param {(number | null)[]} entered null where there is none that can be used
 * @returns {Weights} `shares` only of weights that are sound; `gap` is what is missing or too much; `mixed`: some look
 * like shares and some like percentages
 */
export function weigh(entered) {
  const known = entered.filter(weight => weight !== null)
  const sum = total(known)
  const whole = known.some(weight => weight > 1) ? 100 : 1
  const gap = tidy(Math.abs(whole - sum))
  const mixed = whole === 100 && known.some(weight => weight > 0 && weight < 1)
  const common = {sum, whole, gap, mixed, shares: null}
  if (known.length < entered.length) return {...common, state: 'open'}
  if (gap > NEAR) return {...common, state: sum < whole ? 'short' : 'over'}
  return {...common, state: 'sound', gap: 0, shares: known.map(weight => tidy(weight / whole))}
}

/**
 * Score and significance of one aspect: significant if score >= limit, or C = 5, or lifted by an override.
 * No reason takes an aspect out that another one puts in.
 * @param {(number | null)[]} scores 1 to 5, null where none was given
 * @param {boolean} lifted by an override that has its reason, date and name
 * @param {number[] | null} shares weights that add up to 1
 * @param {number | null} limit
 * @returns {Verdict} `significant` is null where it cannot be said yet
 */
export function assess(scores, lifted, shares, limit) {
  const known = scores.filter(score => score !== null)
  const terms = shares && known.length === scores.length ? known.map((score, place) => tidy(score * shares[place])) : null
  const score = terms && total(terms)
  const over = score === null || limit === null ? null : score >= limit - NEAR
  /** @type {Reason[]} */
  const reasons = []
  if (over) reasons.push('score')
  if (scores[COMPLIANCE] === HIGHEST) reasons.push('obligation')
  if (lifted) reasons.push('override')
  return {terms, score, reasons, significant: reasons.length ? true : over}
}

/**
 * Places by score, the highest first; equal scores share a place and keep their order; no score, no place.
 * @param {(number | null)[]} scores
 * @returns {{index: number, place: number | null}[]}
 */
export function rank(scores) {
  const value = (/** @type {number} */ index) => scores[index] ?? -Infinity
  const order = scores.map((_, index) => index).sort((one, other) => (value(one) === value(other) ? one - other : value(other) - value(one)))
  return order.map(index => {
    const score = scores[index]
    return {index, place: score === null ? null : 1 + scores.filter(other => other !== null && other > score).length}
  })
}

/** Decimals that all of these numbers need to be written whole. @param {number[]} numbers */
export function decimals(numbers) {
  return Math.max(0, ...numbers.map(number => number.toFixed(PLACES).replace(/\.?0+$/, '').split('.')[1]?.length ?? 0))
}

/** @param {number[]} numbers */
function total(numbers) { return tidy(numbers.reduce((sum, number) => sum + number, 0)) }

/** Without what binary fractions add: equal sums are equal numbers. @param {number} number */
function tidy(number) { return Number(number.toFixed(PLACES)) }

// @ts-check
/** Whether a response is right, and which feedback belongs to it. Pure: no page, no storage. */

/** Share of a number's size that its binary rounding can take. */
const ROUNDING = 1e-12

/**
 * @param {Key} key
 * @param {Given} response
 * @returns {Verdict}
 */
export function mark(key, response) {
  if (typeof response === 'number') return markNumber(key, response)
  if (key.right) return markChoices(key.right, response)
  const placed = response.filter((index, place) => index === place).length
  return {right: placed === key.count, feedback: [], placed, total: key.count}
}

/**
 * Has a stored response the shape that this question's answers have?
 * @param {Key} key
 * @param {unknown} response
 * @returns {response is Given}
 */
export function fits(key, response) {
  if (key.type === 'numeric') return typeof response === 'number' && Number.isFinite(response)
  if (!Array.isArray(response) || !response.every(index => Number.isInteger(index) && index >= 0)) return false
  const different = new Set(response).size === response.length
  if (key.type === 'ordering') return different && response.length === key.count && Math.max(...response) < response.length
  if (key.type === 'matching') return response.length === key.count && response.every(index => index < response.length)
  return different && response.length > 0 && (key.type === 'multiple' || response.length === 1)
}

/**
 * Is `value` at most `tolerance` away from `goal`, both ends included?
 * @param {number} value
 * @param {number} goal
 * @param {number} tolerance
 */
export function near(value, goal, tolerance) {
  return Math.abs(value - goal) <= tolerance + ROUNDING * Math.max(Math.abs(value), Math.abs(goal))
}

/**
 * Is `right` of `total` enough? Exact: 8 of 10 passes 0.8.
 * @param {number} right
 * @param {number} total
 * @param {number} passMark
 */
export function passes(right, total, passMark) {
  return total > 0 && right + 1e-9 >= passMark * total
}

/**
 * @param {number[]} right
 * @param {number[]} chosen
 * @returns {Verdict}
 */
function markChoices(right, chosen) {
  const found = chosen.filter(index => right.includes(index)).length
  const extra = chosen.length - found
  return {right: found === right.length && extra === 0, feedback: chosen, found, extra, total: right.length}
}

/**
 * @param {Key} key
 * @param {number} value
 * @returns {Verdict}
 */
function markNumber(key, value) {
  const tolerance = Number(key.tolerance ?? 0)
  if (near(value, Number(key.answer), tolerance)) return {right: true, feedback: []}
  const distances = (key.slips ?? []).map(slip => (near(value, Number(slip), tolerance) ? Math.abs(value - Number(slip)) : Infinity))
  const nearest = Math.min(...distances)
  return {right: false, feedback: nearest < Infinity ? [distances.indexOf(nearest)] : []}
}

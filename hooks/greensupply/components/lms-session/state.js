// @ts-check
/**
 * A learner's state as one short text for an LMS, and back. Pure: no page, no storage.
 *
 * SCORM 1.2 keeps 4,096 characters, so a response stands there by its indexes, and a question by its place and the
 * beginning of its digest. `1;es;0.9,t4zgk0,1;a1b2c321i03;…`: version, language, pass (score, time, revision), answers.
 * An answer is 6 signs of the digest, one for its tries, `1` if it is right, then `i` with one sign for each index, or
 * `n` with the number. All of it is ASCII, whatever the module's language is.
 */
const VERSION = '1'
const DIGEST = 6
/** Signs that an index or a number of tries can be: one each. */
const BASE = 36
const SECOND = 1000
const ANSWER = /^([0-9a-f]{6})([0-9a-z])([01])(?:i([0-9a-z]*)|n(-?\d[\d.e+-]*))$/

/**
 * @param {Carried} state
 * @param {Asked[]} questions in the order of the page; what is kept of others is left out
 */
export function pack({language, answers, passed}, questions) {
  const given = questions.map(({id, digest}) => ({digest, answer: answers.get(id)}))
  const written = given.flatMap(({digest, answer}) => (answer?.digest === digest && answer.response !== null ? [one(answer)] : []))
  const pass = passed ? [passed.score, Math.floor(Date.parse(passed.at) / SECOND).toString(BASE), passed.revision].join(',') : ''
  return [VERSION, language, pass, ...written].join(';')
}

/**
 * What a text holds; what cannot be read in it is left out, and nothing at all is a state too.
 * @param {string} text
 * @param {Asked[]} questions
 * @returns {Carried}
 */
export function unpack(text, questions) {
  const [version, language = '', pass = '', ...written] = text.split(';')
  /** @type {Carried} */
  const state = {language: '', answers: new Map(), passed: null}
  if (version !== VERSION) return state
  const open = [...questions]
  for (const part of written) {
    const found = ANSWER.exec(part)
    const place = found ? open.findIndex(({digest}) => digest.startsWith(found[1])) : -1
    if (!found || place < 0) continue
    const [{id, digest}] = open.splice(place, 1)
    const [, , tries, right, indexes, number] = found
    const response = number === undefined ? [...indexes].map(index => parseInt(index, BASE)) : Number(number)
    if (typeof response === 'number' && !Number.isFinite(response)) continue
    state.answers.set(id, {digest, response, right: right === '1', tries: parseInt(tries, BASE), n: state.answers.size + 1})
  }
  const [score, at, revision] = pass.split(',')
  const passed = {score: Number(score), at: time(parseInt(at, BASE)), revision: Number(revision)}
  const sound = pass !== '' && passed.score >= 0 && passed.score <= 1 && passed.at && Number.isInteger(passed.revision)
  return {...state, language: /^[a-z]{2}$/.test(language) ? language : '', passed: sound ? passed : null}
}

/** @param {Answer} answer */
function one({digest, response, right, tries}) {
  const given = Array.isArray(response) ? `i${response.map(index => index.toString(BASE)).join('')}` : `n${response}`
  return `${digest.slice(0, DIGEST)}${Math.min(tries, BASE - 1).toString(BASE)}${right ? 1 : 0}${given}`
}

/** @param {number} seconds since 1970 */
function time(seconds) {
  const date = new Date(seconds * SECOND)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

// @ts-check
/** Where a learner stands, as this device remembers it. Only reads, believes nothing, never throws; small, for every page. */

/**
 * `state` is '' where what is kept cannot be read; `older`: a revision before this one was passed.
 * @typedef {{state: '' | 'new' | 'begun' | 'passed' | 'older', score: number, at: string, answers: Record<string, any>}} Learned
 */

/** @param {string} module its id @param {number} revision of the module as it is now @returns {Learned} */
export function learned(module, revision) {
  const {v, answers, passed} = stored(`module.${module}`) ?? {v: 1}
  const known = v === 1 && answers ? answers : {}
  const begun = Object.values(known).some(isGiven)
  const {score, at, revision: before} = isPassed(passed) && v === 1 ? passed : {score: 0, at: '', revision: 0}
  const state = v !== 1 ? '' : at ? (before < revision ? 'older' : 'passed') : begun ? 'begun' : 'new'
  return {state, score, at, answers: known}
}

/** The last place in a module, or null. @returns {{module: string, anchor: string, label: string, lang: string} | null} */
export function place() {
  const kept = stored('place')
  const texts = [kept?.module, kept?.anchor, kept?.label, kept?.lang]
  return kept?.v === 1 && texts.every(text => typeof text === 'string' && text.length < 300) ? kept : null
}

/** What is kept under a name; null if nothing, {} if that cannot be read. @param {string} name @returns {Record<string, any> | null} */
export function stored(name) {
  try {
    const raw = localStorage.getItem(`greensupply.${name}`)
    return raw === null ? null : JSON.parse(raw) ?? {}
  } catch {
    return {}
  }
}

/** Not an erased answer. @param {any} answer */
export function isGiven(answer) { return typeof answer?.response === 'number' || Array.isArray(answer?.response) }

/** As `progress.js` has it. @param {any} passed */
function isPassed(passed) {
  const {score, at, revision} = passed ?? {}
  return score >= 0 && score <= 1 && Number(score) === score && Number.isInteger(revision) && revision >= 0
    && typeof at === 'string' && /^\d{4}-\d\d-\d\dT/.test(at) && !Number.isNaN(Date.parse(at))
}

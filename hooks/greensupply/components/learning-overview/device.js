// @ts-check
/** All that this site keeps in this browser: looked at, joined with a file, erased. */
import {isGiven, learned} from '../shared/learning.js'
import {ERASED, alone} from '../shared/keep.js'
import {Progress} from '../shared/progress.js'
import {Learner, Records} from '../completion-record/kept.js'

/** @typedef {import('../shared/progress-file.js').Part} Part */
/** @typedef {'taken' | 'unchanged' | 'damaged' | 'newer'} Outcome */
/** @typedef {'blocked' | 'full' | 'dropped'} Refused */

const OURS = 'greensupply.'
const PROBE = `${OURS}probe`
/** The lock of `completion-record`: no record is made while others arrive. */
const LOCK = `${OURS}record`

/** Every key of this site with its text. @returns {Map<string, string>} */
export function everything() {
  /** @type {Map<string, string>} */
  const found = new Map()
  try {
    for (let place = 0; place < localStorage.length; place++) {
      const key = localStorage.key(place)
      if (key?.startsWith(OURS) && key !== ERASED && key !== PROBE) found.set(key, localStorage.getItem(key) ?? '')
    }
  } catch { /* blocked: there is nothing */ }
  return found
}

/** Why nothing can be kept; '' if it can. @returns {'' | Refused} */
export function trouble() {
  try {
    if (!(localStorage instanceof Storage)) return 'blocked'
    localStorage.setItem(PROBE, '1')
    const kept = localStorage.getItem(PROBE) === '1'
    localStorage.removeItem(PROBE)
    return kept ? '' : 'dropped'
  } catch (error) {
    return error instanceof DOMException && /quota/i.test(error.name) ? 'full' : 'blocked'
  }
}

/** Join the parts of a file with what is kept: all that can be, or nothing where the browser cannot store them. @param {Part[]} parts */
export function take(parts) {
  return alone(LOCK, () => {
    const before = parts.map(({key}) => /** @type {const} */ ([key, item(key)]))
    /** @type {{part: Part, outcome: Outcome}[]} */
    const outcomes = []
    for (const part of parts) {
      const outcome = part.text ? keepOf(part).take(part.text) : 'damaged'
      if (outcome === 'blocked' || outcome === 'full' || outcome === 'dropped') {
        before.forEach(([key, text]) => put(key, text))
        changed()
        return {refused: outcome}
      }
      outcomes.push({part, outcome: outcome === 'corrupt' ? 'taken' : outcome})
    }
    return {outcomes}
  })
}

/** Erase all of it, here and in other open pages; false if something is left. */
export function erase() {
  const now = String(Date.now())
  put(ERASED, now === item(ERASED) ? `${now}.1` : now)
  for (const key of everything().keys()) put(key, null)
  if (item(ERASED) === null) put(ERASED, now) // the store was full before
  changed()
  return everything().size === 0
}

/** How many of a module's questions are answered in their present wording. @param {string} module @param {string} questions `id:digest`, separated by spaces */
export function answered(module, questions) {
  const {answers} = learned(module, 0)
  return questions.split(' ').map(question => question.split(':')).filter(([id, digest]) => {
    const answer = Object.hasOwn(answers, id) ? answers[id] : null
    return answer?.digest === digest && isGiven(answer)
  }).length
}

/** The rest of the page looks again at every module. */
function changed() { document.dispatchEvent(new CustomEvent('greensupply:progress', {detail: ''})) }

/** @param {Part} part */
function keepOf({kind, id}) {
  return kind === 'module' ? new Progress(id, 0) : kind === 'record' ? new Records(id) : new Learner()
}

/** @param {string} key */
function item(key) { try { return localStorage.getItem(key) } catch { return null } }

/** @param {string} key @param {string | null} text null: none */
export function put(key, text) {
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch { /* whoever needs to know looks again */ }
}

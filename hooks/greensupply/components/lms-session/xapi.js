// @ts-check
/**
 * xAPI launch (Tin Can): one `Lms`. Source: the "Rustici launch method"; STANDARDS, section 6.
 *
 * The LMS gets one statement for a registration: the hub's completion record, when the pass mark is reached. What it said
 * at launch, a key among it, is not in the address bar any more (early.js) and is kept nowhere, so a reload ends the
 * session. Answers are kept in the State of the LMS's record store, the finished statement too before it is first sent.
 */
import {isMap} from '../shared/keep.js'
import {agent, launchedStatement, read} from '../shared/launch.js'
import {draft} from '../shared/statement.js'
import {Lrs, query, value} from './lrs.js'

const OURS = 'greensupply.session'
/** In the tab's own store: an LMS opened a page in this tab. It says neither which nor for whom. */
const MARK = 'greensupply.launched'
/** Any endpoint: a package goes only where an LMS is. Without encryption `read` takes none but this machine. */
const ANY = ['https:/', 'http:/']
const LIMIT = 40_000

/** @implements {Lms} */
export class Xapi {
  #lrs = /** @type {Lrs} */ (/** @type {unknown} */ (null))
  #launch = /** @type {Launch} */ (/** @type {unknown} */ (null))
  /** @type {Omit<Reached, 'seconds' | 'answered'>} */
  #reached = {state: '', place: '', score: null, completed: false, passed: false}
  /** The finished statement; never made twice. */
  #statement = ''
  #told = false

  async start() {
    const search = query()
    if (!new URLSearchParams(search).get('endpoint')) return mark() ? ended() : null
    const launch = read(search, ANY)
    if ('why' in launch) return {refused: `${launch.host || 'endpoint'}: ${launch.why}`}
    mark('1')
    this.#launch = launch
    const {activity} = launch
    const named = new URLSearchParams(search).get('registration')?.trim().toLowerCase() === launch.registration
    const own = `${about().site}/modules/${about().module}`
    this.#lrs = new Lrs(launch.endpoint, launch.auth, {
      activity: activity || own, agent: JSON.stringify(agent(launch.actor)), registration: named ? launch.registration : '',
    })
    const ours = await this.#lrs.document(OURS)
    if (ours.refused) return {refused: ours.refused}
    this.#take(value(ours.text))
    addEventListener('beforeunload', event => { if (!this.#lrs.all) event.preventDefault() })
    const {state, place, score, completed, passed} = this.#reached
    /** @type {Begun} */
    const begun = {mode: 'normal', state, place, language: '', passMark: null, score, passed, completed, limit: LIMIT}
    return begun
  }

  /** The hub tells nobody of single answers. */
  answer() {}

  /** @param {Reached} reached */
  async save({seconds: _, answered: __, ...reached}) {
    this.#reached = reached
    if (reached.passed && reached.score !== null && !this.#statement) this.#make(reached.score)
    const kept = await this.#lrs.settle(OURS, () => this.#document)
    if (kept && this.#lrs.cut) return kept
    this.#send()
    return await this.#lrs.settle(OURS, () => this.#document) || kept
  }

  /** @param {Pick<Reached, 'place'>} reached */
  rest({place}) {
    this.#reached.place = place || this.#reached.place
    return this.#lrs.settle(OURS, () => this.#document)
  }

  /** @param {Pick<Reached, 'place'> | null} reached */
  async leave(reached) {
    if (!reached) return
    this.#reached.place = reached.place || this.#reached.place
    await Promise.all([this.#lrs.keep(OURS, this.#document), this.#lrs.last()])
  }

  get #document() { return JSON.stringify({v: 1, ...this.#reached, statement: this.#statement, told: this.#told}) }

  /** @param {number} score */
  #make(score) {
    const {dataset} = /** @type {HTMLElement} */ (document.querySelector('quiz-score'))
    const passed = {score, at: new Date().toISOString(), revision: Number(dataset.revision)}
    const made = draft(passed, Number(dataset.total), document.documentElement.lang)
    this.#statement = launchedStatement(about(), made, this.#launch)
  }

  /** The statement goes as it was made, until the LMS has it. */
  #send() {
    if (!this.#statement || this.#told || !this.#lrs.all) return
    const {id} = JSON.parse(this.#statement)
    this.#lrs.add({id, text: this.#statement, taken: () => { this.#told = true }})
  }

  /** @param {unknown} found */
  #take(found) {
    if (!isMap(found) || found.v !== 1) return
    const {state, place, score, completed, passed, statement, told} = found
    this.#reached = {
      state: typeof state === 'string' ? state : '',
      place: typeof place === 'string' ? place : '',
      score: typeof score === 'number' && score >= 0 && score <= 1 ? score : null,
      completed: completed === true,
      passed: passed === true,
    }
    const made = typeof statement === 'string' ? value(statement) : null
    this.#statement = isMap(made) && typeof made.id === 'string' ? String(statement) : ''
    this.#told = told === true && this.#statement !== ''
  }
}

/** What the page says of its module. @returns {About} */
function about() {
  const {site = '', names = '{}', module = ''} = /** @type {HTMLElement} */ (document.querySelector('main')).dataset
  return {site, module, names: JSON.parse(names)}
}

/** Nobody is known any more, so nothing is recorded. @returns {Begun} */
function ended() {
  return {
    mode: 'browse', state: '', place: '', language: '', passMark: null, score: null, passed: false, completed: false, limit: LIMIT, told: 'ended',
  }
}

/** Was a page of this tab opened by an LMS? With a value: remember it. @param {string} [value] */
function mark(value) {
  try {
    if (value) sessionStorage.setItem(MARK, value)
    return sessionStorage.getItem(MARK) !== null
  } catch {
    return false
  }
}

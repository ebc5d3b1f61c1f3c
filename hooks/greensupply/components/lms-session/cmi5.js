// @ts-check
/**
 * cmi5: one `Lms`. Source: cmi5 specification (Quartz), sections 8 to 11; STANDARDS, section 7.
 *
 * `completed` and `passed` go as soon as they are true, and once for a registration: a State document of ours remembers
 * them beside the learner's answers. `failed` may go once in a session and never after `passed`, so it waits until the
 * learner leaves. An answer is a statement of its own, without the categories of cmi5.
 */
import {isMap} from '../shared/keep.js'
import {uuid} from '../shared/statement.js'
import {Lrs, ask, query, value} from './lrs.js'
import {pattern, span, type, written} from './patterns.js'

const ADL = 'http://adlnet.gov/expapi'
const CMI5 = 'https://w3id.org/xapi/cmi5/context'
const LAUNCH_DATA = 'LMS.LaunchData'
const PREFERENCES = 'cmi5LearnerPreferences'
/** Name of our State document. */
const OURS = 'greensupply.session'
/** What a reload of the page needs, in the tab's own store: the token can be fetched only once. */
const HELD = 'greensupply.cmi5'
const LIMIT = 40_000
const SECOND = 1000
const PLATFORM = 'Green Supply'
/** @type {Record<string, Record<string, string>>} */
const VERBS = {
  initialized: {en: 'initialized', 'es-MX': 'inició', 'fr-CA': 'a commencé'},
  answered: {en: 'answered', 'es-MX': 'respondió', 'fr-CA': 'a répondu'},
  completed: {en: 'completed', 'es-MX': 'completó', 'fr-CA': 'a terminé'},
  passed: {en: 'passed', 'es-MX': 'aprobó', 'fr-CA': 'a réussi'},
  failed: {en: 'failed', 'es-MX': 'no aprobó', 'fr-CA': 'a échoué'},
  terminated: {en: 'terminated', 'es-MX': 'salió', 'fr-CA': 'a quitté'},
}

/** @implements {Lms} */
export class Cmi5 {
  #lrs = /** @type {Lrs} */ (/** @type {unknown} */ (null))
  #launch = /** @type {Opened} */ (/** @type {unknown} */ (null))
  /** @type {Held} */
  #held = {fetch: '', token: '', begun: false, over: false}
  /** @type {Record<string, any>} */
  #template = {}
  /** @type {number | null} */
  #mastery = null
  /** What the LMS knows of this registration for good. @type {Set<string>} */
  #told = new Set()
  /** What is on its way there; what was at the end of an earlier session may have come in or not. @type {Set<string>} */
  #going = new Set()
  /** @type {Set<string>} */
  #before = new Set()
  /** @type {Omit<Reached, 'seconds' | 'answered'>} */
  #reached = {state: '', place: '', score: null, completed: false, passed: false}
  /** Did the learner answer anything in this session? */
  #tried = false
  #language = ''

  async start() {
    const launch = read(query())
    if (!launch || 'refused' in launch) return launch
    this.#launch = launch
    this.#held = held(launch.fetch)
    if (!this.#held.token) {
      const {token, refused} = await fetched(launch.fetch)
      if (refused) return {refused}
      this.#hold({token})
    }
    this.#lrs = new Lrs(launch.endpoint, `Basic ${this.#held.token}`, {
      activity: launch.activity, agent: launch.agent, registration: launch.registration,
    })
    const found = await this.#lrs.document(LAUNCH_DATA)
    const data = value(found.text)
    if (!isMap(data) || !isMap(data.contextTemplate)) return {refused: `${LAUNCH_DATA}: ${found.said}`}
    const preferences = value((await this.#lrs.profile(PREFERENCES)).text) // a learner may have none
    const ours = await this.#lrs.document(OURS)
    if (ours.refused) return {refused: ours.refused}
    this.#template = data.contextTemplate
    this.#mastery = share(data.masteryScore)
    this.#take(value(ours.text))
    for (const name of this.#before) if (await this.#lrs.has({id: '', once: verb(name)})) this.#told.add(name)
    return await this.#begin(data, isMap(preferences) ? String(preferences.languagePreference ?? '') : '')
  }

  /** @param {Record<string, any>} data @param {string} language @returns {Promise<Started>} */
  async #begin({launchMode = '', returnURL = ''}, language) {
    if (!this.#held.begun) {
      this.#add('initialized')
      const refused = await this.#lrs.flush()
      if (refused) return {refused}
      this.#hold({begun: true})
    }
    const {over} = this.#held
    const mode = String(launchMode).toLowerCase()
    if (!over) addEventListener('beforeunload', event => { if (!this.#lrs.all) event.preventDefault() })
    return {
      mode: over ? 'browse' : mode === 'review' || mode === 'browse' ? mode : 'normal',
      state: this.#reached.state,
      place: this.#reached.place,
      language,
      passMark: this.#mastery,
      score: this.#reached.score,
      passed: this.#reached.passed,
      completed: this.#reached.completed,
      limit: LIMIT,
      back: address(returnURL) ? String(returnURL) : '',
      ...(over && {told: 'ended'}),
    }
  }

  /** @param {Interaction} interaction */
  answer({id, key, response, right, at, seconds, description, language}) {
    this.#tried = true
    const {activity} = this.#launch
    const object = {
      objectType: 'Activity',
      id: `${activity}${activity.includes('#') ? '/' : '#'}${id}`,
      definition: {
        type: `${ADL}/activities/cmi.interaction`,
        ...(description && {description: {[language]: description}}),
        interactionType: type(key),
        correctResponsesPattern: [pattern(key)],
      },
    }
    const result = {success: right, response: written(key, response), duration: span(seconds)}
    this.#language = language
    const made = {...this.#statement('answered', {at, result}), object}
    this.#lrs.add({id: made.id, text: JSON.stringify(made), optional: true})
  }

  /** @param {Reached} reached */
  save(reached) {
    const {seconds, answered: _, ...rest} = reached
    this.#reached = {...rest, passed: rest.passed || this.#told.has('passed')}
    this.#language = document.documentElement.lang
    const duration = span(seconds)
    if (rest.completed) this.#once('completed', {completion: true, duration})
    if (rest.passed && rest.score !== null) this.#once('passed', {success: true, score: {scaled: rest.score}, duration})
    return this.#lrs.settle(OURS, () => this.#document)
  }

  /** @param {Pick<Reached, 'place'>} reached */
  rest({place}) {
    this.#reached.place = place || this.#reached.place
    return this.#lrs.settle(OURS, () => this.#document)
  }

  /** What is still to be said goes in one request, in its order. @param {Pick<Reached, 'place' | 'seconds'> | null} reached */
  async leave(reached) {
    if (this.#held.over) return ''
    this.#hold({over: true})
    const {score, completed, passed} = this.#reached
    const duration = span(performance.now() / SECOND)
    const failed = reached && this.#tried && completed && !passed && score !== null
    const last = failed ? [this.#moment('failed', {success: false, score: {scaled: score}, duration})] : []
    if (reached) this.#reached.place = reached.place || this.#reached.place
    const refused = await Promise.all([
      reached ? this.#lrs.keep(OURS, this.#document) : '',
      this.#lrs.last(...last, this.#moment('terminated', {duration})),
    ])
    return refused.find(Boolean) ?? ''
  }

  /** What a session leaves to the next. */
  get #document() { return JSON.stringify({v: 1, ...this.#reached, told: [...this.#told].sort(), going: [...this.#going].sort()}) }

  /** @param {unknown} found */
  #take(found) {
    if (!isMap(found) || found.v !== 1) return
    const {state, place, score, completed, passed} = found
    const [told, before] = [found.told, found.going].map(names => (Array.isArray(names) ? names : []).filter(name => Object.hasOwn(VERBS, name)))
    this.#told = new Set(told)
    this.#before = new Set(before)
    this.#reached = {
      state: typeof state === 'string' ? state : '',
      place: typeof place === 'string' ? place : '',
      score: share(score),
      completed: completed === true,
      passed: passed === true,
    }
  }

  /** @param {'completed' | 'passed'} name @param {Record<string, unknown>} result */
  #once(name, result) {
    if (this.#told.has(name) || this.#going.has(name)) return
    this.#going.add(name)
    this.#add(name, result, () => { this.#told.add(name); this.#going.delete(name) })
  }

  /** @param {string} name @param {Record<string, unknown>} [result] @param {() => void} [taken] */
  #add(name, result, taken) {
    const made = this.#moment(name, result)
    const once = name === 'initialized' ? '' : made.verb.id
    this.#lrs.add({id: made.id, text: JSON.stringify(made), once, before: this.#before.has(name), taken})
  }

  /** A statement that cmi5 defines. @param {string} name @param {Record<string, unknown>} [result] */
  #moment(name, result) {
    const verdict = name === 'passed' || name === 'failed'
    const categories = [`${CMI5}/categories/cmi5`, ...(verdict || name === 'completed' ? [`${CMI5}/categories/moveon`] : [])]
    const mastery = verdict && this.#mastery !== null ? {[`${CMI5}/extensions/masteryscore`]: this.#mastery} : {}
    return this.#statement(name, {result, categories, extensions: mastery})
  }

  /**
   * In the LMS's own context, with our words behind its own: LMSs compare them by their place.
   * @param {string} name
   * @param {{at?: Date, result?: Record<string, unknown>, categories?: string[], extensions?: Record<string, unknown>}} more
   */
  #statement(name, {at = new Date(), result, categories = [], extensions = {}}) {
    const {activity, actor, registration} = this.#launch
    const {contextActivities = {}, ...template} = this.#template
    const named = [contextActivities.category ?? []].flat()
    const category = [...named, ...categories.filter(id => !named.some(one => one?.id === id)).map(id => ({id}))]
    const all = {...template.extensions, ...extensions}
    return {
      id: uuid(),
      actor,
      verb: {id: verb(name), display: VERBS[name]},
      object: {objectType: 'Activity', id: activity},
      ...(result && {result}),
      context: {
        ...(this.#language && {language: this.#language}),
        platform: PLATFORM,
        revision: revision(),
        ...template,
        registration,
        contextActivities: {...contextActivities, ...(category.length && {category})},
        ...(Object.keys(all).length && {extensions: all}),
      },
      timestamp: at.toISOString(),
    }
  }

  /** @param {Partial<Held>} changes */
  #hold(changes) {
    Object.assign(this.#held, changes)
    try { sessionStorage.setItem(HELD, JSON.stringify(this.#held)) } catch { /* a reload then begins no session */ }
  }
}

/**
 * What the address says of the launch; null if nothing. It is put back into the address bar, for a reload.
 * @param {string} search
 * @returns {Opened | {refused: string} | null}
 */
function read(search) {
  const asked = new URLSearchParams(search)
  const names = ['endpoint', 'fetch', 'actor', 'registration', 'activityId']
  const [endpoint, fetch, agent, registration, activity] = names.map(name => asked.get(name)?.trim() ?? '')
  if (!endpoint && !fetch) return null
  if (location.search !== search) history.replaceState(history.state, '', search + location.hash)
  const actor = value(agent)
  const missing = [address(endpoint), address(fetch), isMap(actor), registration, activity].findIndex(good => !good)
  return missing < 0 ? {endpoint, fetch, agent, actor: /** @type {Record<string, unknown>} */ (actor), registration, activity} : {refused: names[missing]}
}

/** @param {string} name */
function verb(name) { return `${ADL}/verbs/${name}` }

/** The token for this session. The LMS gives it once. @param {string} from */
async function fetched(from) {
  const {status, text, said} = await ask(from, {method: 'POST'})
  const found = value(text)
  const {'auth-token': token, 'error-code': error} = /** @type {Record<string, unknown>} */ (isMap(found) ? found : {})
  const given = status === 200 && typeof token === 'string' ? token : ''
  return {token: given, refused: given ? '' : `fetch ${String(error ?? said)}`}
}

/** What the tab holds of this session. @param {string} fetch @returns {Held} */
function held(fetch) {
  try {
    const found = value(sessionStorage.getItem(HELD) ?? '')
    if (isMap(found) && found.fetch === fetch) return /** @type {Held} */ (/** @type {unknown} */ (found))
  } catch { /* the browser lets nothing be kept */ }
  return {fetch, token: '', begun: false, over: false}
}

function revision() {
  const text = /** @type {HTMLTemplateElement | null} */ (document.querySelector('template[data-words]'))
  const score = text?.content.querySelector('quiz-score')
  return score?.getAttribute('data-revision') ?? '1'
}

/** @param {unknown} found */
function share(found) { return typeof found === 'number' && found >= 0 && found <= 1 ? found : null }

/** Is it an address that a page can go to? @param {unknown} text */
function address(text) {
  try { return /^https?:$/.test(new URL(String(text)).protocol) } catch { return false }
}

// @ts-check
/**
 * A learning management system (LMS) that opened this page (xAPI launch). What it said lives as long as the page and is
 * kept nowhere else; so do, in such a session, the answers and the record, which are not those of the device's learner.
 * Source: the "Rustici launch method", with the forms of an actor from before xAPI 1.0.
 */
import {isMap} from './keep.js'
import {statement, uuid} from './statement.js'

const LOOPBACK = ['localhost', '127.0.0.1']
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const IRI = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i
const HEADER = /^[\x21-\x7e][\x20-\x7e]{0,3999}$/
/** The one of these that comes first is who the actor is; a second one is refused by record stores. */
const NAMES = /** @type {const} */ (['account', 'mbox', 'mbox_sha1sum', 'openid'])

/** @type {Launch | Refusal | null | undefined} */
let found

/** The launch of this page; why it cannot be one; null if nobody asked for it. @returns {Launch | Refusal | null} */
export function launch(page = document) {
  if (found !== undefined) return found
  const asked = {search: ''}
  page.dispatchEvent(new CustomEvent('greensupply:launch', {detail: asked}))
  const allowed = /** @type {HTMLElement | null} */ (page.querySelector('lms-launch'))?.dataset.launches ?? '[]'
  found = asked.search ? read(asked.search, JSON.parse(allowed)) : null
  page.documentElement.toggleAttribute('data-gs-launched', Boolean(launched()))
  return found
}

/** The launch, if it is a good one. @returns {Launch | null} */
export function launched() {
  const result = launch()
  return result && 'auth' in result ? result : null
}

/**
 * What an address asks for.
 * @param {string} search the address's query
 * @param {string[]} allowed endpoints that the host has named; one below them is allowed too
 * @returns {Launch | Refusal}
 */
export function read(search, allowed) {
  const query = new URLSearchParams(search)
  const [endpoint, auth, activity, registration] = ['endpoint', 'auth', 'activity_id', 'registration'].map(name => query.get(name)?.trim() ?? '')
  const url = address(endpoint)
  const actor = agent(parsed(query.get('actor') ?? ''))
  if (!url) return {host: '', why: 'damaged'}
  const {host, hostname, protocol} = url
  if (protocol !== 'https:' && !LOOPBACK.includes(hostname)) return {host, why: 'plain_text'}
  const to = (url.origin + url.pathname).replace(/\/+$/, '')
  if (!allowed.some(one => to === one || to.startsWith(`${one}/`))) return {host, why: 'unknown'}
  if (!actor || !HEADER.test(auth)) return {host, why: 'damaged'}
  return {
    search,
    host,
    endpoint: to,
    auth,
    actor,
    activity: IRI.test(activity) ? activity : '',
    registration: UUID.test(registration) ? registration.toLowerCase() : uuid(),
  }
}

/**
 * The hub's completion statement, about the one whom the LMS names and under its registration and its activity. The module
 * is then named as what groups it. @param {About} about @param {Draft} record @param {Launch} launch
 */
export function launchedStatement(about, record, {actor, registration, activity}) {
  const made = JSON.parse(statement(about, {...record, registration}, {name: '', supplier: '', country: ''}))
  const own = made.object.id
  made.actor = actor
  if (activity && activity !== own) {
    made.object.id = activity
    made.context.contextActivities.grouping = [{id: own}]
  }
  made.context.extensions[`${about.site}/xapi/delivery`] = 'lms'
  return JSON.stringify(made)
}

/** @param {string} text */
function address(text) {
  try {
    const url = new URL(text)
    return /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search ? url : null
  } catch {
    return null
  }
}

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try { return JSON.parse(text) } catch { return null }
}

/**
 * An agent as xAPI 1.0.3 writes it, of one identifier; null if it has none. Before, each value was a list, and an account's
 * keys had its name in them (seen: LearningLocker/learninglocker#699). Groups are nobody in particular.
 * @param {unknown} given
 * @returns {Record<string, unknown> | null}
 */
export function agent(given) {
  const actor = first(given)
  if (!isMap(actor) || first(actor.objectType) === 'Group') return null
  const name = first(actor.name)
  for (const key of NAMES) {
    const who = key === 'account' ? account(first(actor.account)) : identifier(key, first(actor[key]))
    if (who) return {objectType: 'Agent', ...(typeof name === 'string' && name.trim() && {name: name.trim()}), [key]: who}
  }
  return null
}

/** @param {unknown} given */
function account(given) {
  if (!isMap(given)) return null
  const [homePage, name] = [given.homePage ?? given.accountServiceHomePage, given.name ?? given.accountName].map(first)
  const known = typeof homePage === 'string' && IRI.test(homePage) && ['string', 'number'].includes(typeof name) && String(name) !== ''
  return known ? {homePage, name: String(name)} : null
}

/** @param {'mbox' | 'mbox_sha1sum' | 'openid'} key @param {unknown} given */
function identifier(key, given) {
  if (typeof given !== 'string') return null
  const mail = given.startsWith('mailto:') ? given : `mailto:${given}`
  if (key === 'mbox') return /^mailto:[^\s@]+@[^\s@]+$/.test(mail) ? mail : null
  return (key === 'openid' ? IRI : /^[\da-f]{40}$/i).test(given) ? given : null
}

/** A value, or the first of a list. @param {unknown} value */
function first(value) { return Array.isArray(value) ? value[0] : value }

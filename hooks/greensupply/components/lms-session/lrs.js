// @ts-check
/**
 * A record store (xAPI LRS) as an LMS opens it for one session: statements in their order, and documents of its State.
 * What is not taken stays here and goes again, unchanged, with the next attempt. Nothing of it is kept on the device.
 *
 * Source: xAPI 1.0.3, part 3. Statements are POSTed to one address, so that a browser asks for its permission once.
 */
import {isMap} from '../shared/keep.js'

/** How long an answer may take, in ms. */
const LIMIT = 10_000
/** What a browser sends although the page has gone, in bytes for all that is on its way. Source: Fetch, keepalive. */
const OUTLIVES = 50_000
/** These may be over in a while. */
const FOR_NOW = [401, 408, 425, 429]

export class Lrs {
  #endpoint
  #authorization
  #who
  /** @type {Waiting[]} */
  #waiting = []
  /** @type {{one: Waiting, stopping: AbortController} | null} */
  #underway = null
  /** Of each document, the text that the store has. @type {Map<string, string>} */
  #kept = new Map()
  #line = Promise.resolve('')
  /** Did the last request get no answer at all? */
  cut = false

  /**
   * @param {string} endpoint what `statements` lies below
   * @param {string} authorization the header's value
   * @param {{activity: string, agent: string, registration?: string}} who whose State; the agent as JSON
   */
  constructor(endpoint, authorization, who) {
    this.#endpoint = endpoint.replace(/\/*$/, '/')
    this.#authorization = authorization
    this.#who = {activityId: who.activity, agent: who.agent, ...(who.registration && {registration: who.registration})}
  }

  /** Has it everything? */
  get all() { return !this.#waiting.length }

  /** @param {Waiting} waiting */
  add(waiting) { this.#waiting.push(waiting) }

  /** Send what waits, then the document as it is by then; gives what was refused first, '' if nothing.
   * @param {string} name of the document
   * @param {() => string} document
   */
  settle(name, document) {
    return (this.#line = this.#line.then(async () => {
      const refused = await this.#drain()
      return this.cut ? refused : refused || this.keep(name, document())
    }))
  }

  /** Send what waits; gives what was refused first, '' if nothing. */
  flush() { return (this.#line = this.#line.then(() => this.#drain())) }

  /**
   * The page goes: what waits and these go together, and what comes of it is known only if the page stays after all. What is
   * on its way could come in after them, so it goes with them instead; a store takes the same statement twice as one. But
   * one that may be there once only could have all of them refused, so that goes its way.
   * @param {...Record<string, unknown>} statements
   */
  async last(...statements) {
    const {one: underway, stopping} = this.#underway ?? {}
    if (!underway?.once) stopping?.abort()
    const texts = this.#waiting.filter(one => one !== underway || !one.once).map(({text}) => text)
    const all = [...texts, ...statements.map(statement => JSON.stringify(statement))]
    this.#waiting = []
    if (!all.length) return ''
    const {status, said} = await this.#ask('POST', 'statements', {}, all.length > 1 ? `[${all.join()}]` : all[0])
    return fine(status) ? '' : said
  }

  /** A document of the State; its text is '' where there is none. @param {string} name */
  async document(name) {
    const found = await this.#ask('GET', 'activities/state', {...this.#who, stateId: name})
    if (fine(found.status)) this.#kept.set(name, found.text)
    return {...found, text: fine(found.status) ? found.text : '', refused: fine(found.status) || found.status === 404 ? '' : found.said}
  }

  /** What the store has of it already is not sent. Gives what was refused. @param {string} name @param {string} text */
  async keep(name, text) {
    if (this.#kept.get(name) === text) return ''
    const {status, said} = await this.#ask('PUT', 'activities/state', {...this.#who, stateId: name}, text)
    if (fine(status)) this.#kept.set(name, text)
    return fine(status) ? '' : said
  }

  /** A document about the learner. @param {string} name */
  profile(name) { return this.#ask('GET', 'agents/profile', {agent: this.#who.agent, profileId: name}) }

  /** In their order; one that is refused for good stays, and does not keep the others back. */
  async #drain() {
    let refused = ''
    for (const next of [...this.#waiting]) {
      if (!this.#waiting.includes(next)) break
      const stopping = new AbortController()
      this.#underway = {one: next, stopping}
      const {status, text, said} = await this.#ask('POST', 'statements', {}, next.text, stopping)
      this.#underway = null
      const taken = status === 204 || (status === 200 && text.includes(next.id)) || ([403, 409].includes(status) && (next.before || await this.has(next)))
      const definite = status >= 400 && status < 500 && !FOR_NOW.includes(status)
      if (!taken) refused ||= said
      if (!taken && !definite) break
      if (taken || next.optional) this.#waiting = this.#waiting.filter(one => one !== next)
      if (taken) next.taken?.()
    }
    return refused
  }

  /** Has the store this very statement, or, of what it may have once only, any? @param {Pick<Waiting, 'id' | 'once'>} statement */
  async has({id, once}) {
    const {activityId, ...who} = this.#who
    const {status, text} = await this.#ask('GET', 'statements', once ? {...who, verb: once} : {statementId: id})
    const found = value(text)
    const list = isMap(found) && Array.isArray(found.statements) ? found.statements : [found]
    return status === 200 && list.filter(isMap).some(one => (once ? one.verb?.id === once && one.object?.id === activityId : one.id === id))
  }

  /**
   * @param {string} method
   * @param {string} resource
   * @param {Record<string, string>} query
   * @param {string} [body]
   * @param {AbortController} [stopping]
   */
  async #ask(method, resource, query, body, stopping) {
    const asked = new URLSearchParams(query).toString().replace(/\+/g, '%20')
    const address = `${this.#endpoint}${resource}${asked && `?${asked}`}`
    const headers = {Authorization: this.#authorization, 'X-Experience-API-Version': '1.0.3', ...(body !== undefined && {'Content-Type': 'application/json'})}
    const answer = await ask(address, {method, headers, body, keepalive: new Blob([body ?? '']).size < OUTLIVES}, stopping)
    this.cut = answer.status === 0
    return answer
  }
}

/**
 * One request; the status is 0 if no answer came. `said` is what to tell of a refusal: status and host.
 * @param {string} address
 * @param {RequestInit} options
 */
export async function ask(address, options, stopping = new AbortController()) {
  const {host} = new URL(address)
  const alarm = setTimeout(() => stopping.abort(), LIMIT)
  try {
    const response = await fetch(address, {
      ...options, redirect: 'error', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal: stopping.signal,
    })
    return {status: response.status, text: await response.text(), said: `${response.status}, ${host}`}
  } catch {
    return {status: 0, text: '', said: `0, ${host}`}
  } finally {
    clearTimeout(alarm)
  }
}

/** What a text says in JSON; null if it is none. @param {string} text @returns {unknown} */
export function value(text) {
  try { return JSON.parse(text) } catch { return null }
}

/** @param {number} status */
function fine(status) { return status >= 200 && status < 300 }

/** The query that the page was opened with; early.js took it out of the address bar. */
export function query() {
  const asked = {search: location.search}
  document.dispatchEvent(new CustomEvent('greensupply:launch', {detail: asked}))
  return asked.search
}

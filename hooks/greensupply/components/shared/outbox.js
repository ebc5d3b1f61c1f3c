// @ts-check
/** Records on their way to the programme's record store (an xAPI LRS), kept here until it has them. */
import {Keep, alone, isCount, isMap, later, pick} from './keep.js'

/** How long an answer may take, in ms. */
const LIMIT = 10_000
/** Failures of a visit after which nothing goes by itself. */
const ATTEMPTS = 8
/** Longest wait after one, and the longest that the store may ask for; in s. */
const BACK_OFF = 300
const SILENCE = 86_400
/** @type {(keyof Parcel)[]} */
const FIELDS = ['id', 'to', 'statement', 'state', 'status', 'said', 'at', 'n']

/** @extends {Keep<Parcels>} */
export class Outbox extends Keep {
  #to
  #authorization
  #failures = 0
  #timer = 0
  /** Until when this tab waits after a failure, in ms since 1970. */
  #pause = 0
  #stopped = false
  busy = false
  /** @type {{outcome: Outcome, status: number} | null} what the last attempt of this visit met */
  trouble = null

  /**
   * @param {string} to address of the record store
   * @param {string} authorization the header's value
   * @param {() => Storage} [open] gives the store in which records wait, or throws
   */
  constructor(to, authorization, open) {
    super('greensupply.outbox', {n: 0, after: 0, items: new Map()}, {version: 1, plain, parse, merge}, open)
    this.#to = to
    this.#authorization = authorization
  }

  /** What this record store is still to get; what waits for another one needs the learner's word anew. */
  get waiting() { return [...this.kept.items.values()].filter(({state, to}) => state === 'waiting' && to === this.#to) }

  /** Will the next attempt of this visit go by itself? */
  get going() { return !this.#stopped && this.#failures < ATTEMPTS }

  /** How a record stands with this record store. @param {string} id */
  parcel(id) {
    const parcel = this.kept.items.get(id)
    return parcel?.to === this.#to ? parcel : undefined
  }

  /** The learner has a record sent: for the first time, or again. @param {string} id @param {string} statement */
  send(id, statement) {
    this.refresh()
    if (this.parcel(id)?.state !== 'done') this.#put({id, to: this.#to, statement, state: 'waiting', status: 0, said: '', at: '', n: 0})
    return this.retry()
  }

  /** Try everything that waits, now. */
  retry() { return this.#drain(true) }

  /** A visit begins, or the network is back. */
  resume() {
    this.#pause = 0
    return this.#drain(false)
  }

  /** @param {boolean} byHand */
  async #drain(byHand) {
    if (this.busy || !this.waiting.length || !(byHand || this.going)) return
    clearTimeout(this.#timer)
    if (!byHand && !navigator.onLine) this.trouble = {outcome: 'offline', status: 0}
    else if (byHand || !this.#silence) {
      this.busy = true
      this.tell(true)
      for (const {id} of this.waiting) {
        if (!(await alone(this.key, () => this.#attempt(id, byHand)))) break
      }
      this.busy = false
    }
    const wait = Math.max(this.#silence, this.#pause - Date.now())
    if (this.waiting.length && this.going && navigator.onLine) this.#timer = setTimeout(() => this.#drain(false), wait)
    this.tell(true)
  }

  /** For how long the store wants no request, in ms; a clock that was set back is not waited for. */
  get #silence() {
    const wait = this.kept.after - Date.now()
    return wait > 0 && wait <= SILENCE * 1000 ? wait : 0
  }

  /** @param {number} wait in ms */
  #hush(wait) { this.change(kept => { Object.assign(kept, {after: wait && Math.ceil(Date.now() + wait), n: kept.n + 1}) }) }

  /** @param {Parcel} parcel */
  #put(parcel) { this.change(kept => { kept.items.set(parcel.id, {...parcel, n: ++kept.n}) }) }

  /** Send one, unless another tab has; false where the others had better wait. @param {string} id @param {boolean} byHand */
  async #attempt(id, byHand) {
    this.refresh()
    const parcel = this.parcel(id)
    if (parcel?.state !== 'waiting') return true
    if (!byHand && this.#silence) return false
    if (!navigator.locks) this.#hush(LIMIT)
    const {outcome, status, said, silence} = await this.#post(parcel)
    if (this.kept.after || silence) this.#hush(silence * 1000)
    if (outcome === 'done') this.#put({...parcel, statement: '', state: 'done', at: new Date().toISOString()})
    if (outcome === 'aside') this.#put({...parcel, state: 'aside', status, said})
    const passed = outcome === 'done' || outcome === 'aside'
    this.#failures = passed ? 0 : this.#failures + 1
    this.#stopped = outcome === 'denied'
    this.#pause = passed ? 0 : Date.now() + Math.min(BACK_OFF, 2 ** this.#failures) * 1000 * (0.75 + Math.random() / 2)
    this.trouble = passed ? null : {outcome, status}
    return passed
  }

  /** @param {Parcel} parcel @returns {Promise<{outcome: Outcome, status: number, said: string, silence: number}>} */
  async #post({id, statement}) {
    const stopping = new AbortController()
    const alarm = setTimeout(() => stopping.abort(), LIMIT)
    try {
      const response = await fetch(`${this.#to}/statements`, {
        method: 'POST',
        headers: {Authorization: this.#authorization, 'Content-Type': 'application/json', 'X-Experience-API-Version': '1.0.3'},
        body: statement,
        keepalive: true,
        redirect: 'error',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: stopping.signal,
      })
      const {status, headers} = response
      const text = await response.text()
      return {outcome: judge(status, text, id), status, said: firstLine(text), silence: seconds(headers.get('Retry-After'))}
    } catch {
      return {outcome: navigator.onLine ? 'unreachable' : 'offline', status: 0, said: '', silence: 0}
    } finally {
      clearTimeout(alarm)
    }
  }
}

/**
 * What an answer means. A login page that says 200 is no success.
 * @param {number} status
 * @param {string} text
 * @param {string} id of the statement that was sent
 * @returns {Outcome}
 */
function judge(status, text, id) {
  if (status === 204 || status === 409 || (status === 200 && ids(text).includes(id))) return 'done'
  if ([400, 413, 422].includes(status)) return 'aside'
  if ([408, 425, 429].includes(status) || status >= 500) return 'busy'
  return status >= 400 ? 'denied' : 'strange'
}

/** @param {string} text @returns {unknown[]} */
function ids(text) {
  try { return [JSON.parse(text)].flat() } catch { return [] }
}

/** The first line that says something, without signs that cannot be seen. @param {string} text */
function firstLine(text) { return (/\S.*/.exec(text)?.[0] ?? '').replace(/\p{C}+/gu, ' ').trim().slice(0, 200) }

/** `Retry-After`: seconds, or a date. @param {string | null} header */
export function seconds(header) {
  const wait = Number(header ?? 0)
  const found = Number.isNaN(wait) ? (Date.parse(header ?? '') - Date.now()) / 1000 : wait
  return Math.min(SILENCE, Math.max(0, found || 0))
}

/** @param {Parcels} kept */
function plain({n, after, items}) {
  return {n, after, items: [...items.values()].sort((one, other) => (one.id < other.id ? -1 : 1))}
}

/** @param {Record<string, any>} found @returns {Parsed<Parcels>} */
function parse({n, after, items}) {
  if (!Array.isArray(items) || !isCount(n) || !isCount(after)) return {damaged: true}
  const sound = items.filter(isParcel)
  return {kept: {n, after, items: new Map(sound.map(parcel => [parcel.id, pick(parcel, FIELDS)]))}, damaged: sound.length < items.length}
}

/** What a store has, it has; else the later change wins. @param {Parcels} one @param {Parcels} other @returns {Parcels} */
function merge(one, other) {
  const items = new Map(one.items)
  for (const [id, parcel] of other.items) {
    const mine = items.get(id)
    const [there, here] = [parcel, mine].map(it => it?.state === 'done')
    if (!mine || (parcel.to === mine.to && there !== here ? there : later(parcel, mine))) items.set(id, parcel)
  }
  const after = one.n === other.n ? Math.max(one.after, other.after) : (one.n > other.n ? one : other).after
  return {n: Math.max(one.n, other.n), after, items}
}

/** @param {unknown} value @returns {value is Parcel} */
function isParcel(value) {
  if (!isMap(value)) return false
  const {id, to, statement, state, status, said, at, n} = value
  const texts = [id, to, statement, said, at].every(text => typeof text === 'string')
  return texts && ['waiting', 'aside', 'done'].includes(state) && isCount(status) && isCount(n)
}

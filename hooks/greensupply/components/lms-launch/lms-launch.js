// @ts-check
import {quizOf, say} from '../shared/page.js'
import {launch, launched, launchedStatement} from '../shared/launch.js'
import {Outbox} from '../shared/outbox.js'
import {draft} from '../shared/statement.js'
import {forgetful, keepIn} from '../shared/store.js'

/** In the tab's own store: an LMS opened a page in this tab. It says neither which nor for whom. */
const MARK = 'greensupply.launched'

/**
 * For a page that a learning management system (LMS) opened: what it does with the result, and how far that is. Once before
 * the text (`data-part="notice"`), once after the result. Nobody sees it on a page that is opened otherwise.
 */
export class LmsLaunch extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Outbox | undefined} */
  #outbox
  #record = {id: '', statement: ''}

  connectedCallback() { // may run again: an element can be moved
    if (this.dataset.part === 'notice') this.#notice()
    else if (launched() && quizOf()) this.#attend()
  }

  disconnectedCallback() { this.#listening?.abort() }

  #notice() {
    const found = launch()
    const ended = !found && mark()
    if (found) mark('auth' in found ? '1' : '')
    const words = !found ? ended && ['ended'] : 'auth' in found ? ['open'] : [found.why, 'all_the_same']
    if (words) this.#part('.told').textContent = words.map(name => this.#say(name)).join(' ')
    this.hidden = !words
  }

  #attend() {
    const {endpoint, auth} = /** @type {Launch} */ (launched())
    const {progress} = /** @type {Quiz} */ (quizOf())
    this.#listening = new AbortController()
    const {signal} = this.#listening
    this.#outbox ??= new Outbox(endpoint, auth, forgetful())
    this.#outbox.addEventListener('change', () => this.#show(), {signal})
    progress.addEventListener('change', () => this.#begin(), {signal})
    this.addEventListener('click', event => this.#press(event), {signal})
    addEventListener('online', () => this.#outbox?.resume(), {signal})
    addEventListener('beforeunload', event => { if (this.#unsaved) event.preventDefault() }, {signal})
    document.addEventListener('click', lead, {signal, capture: true})
    this.#begin()
  }

  /** Would the learner lose something by leaving? */
  get #unsaved() {
    const {progress} = /** @type {Quiz} */ (quizOf())
    const begun = [...progress.kept.answers.values()].some(({response}) => response !== null)
    return this.#record.id ? this.#outbox?.parcel(this.#record.id)?.state !== 'done' : begun
  }

  /** The pass is there: its record is made, and on its way. */
  #begin() {
    const {progress: {passed}, module, total} = /** @type {Quiz} */ (quizOf())
    if (!passed || this.#record.id) return
    const {site = '', names = '{}', language = 'en'} = this.dataset
    const made = draft(passed, total, language)
    const about = {site, module, names: JSON.parse(names)}
    const statement = launchedStatement(about, made, /** @type {Launch} */ (launched()))
    this.#record = {id: made.id, statement}
    this.hidden = false
    void this.#outbox?.send(made.id, statement)
  }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('button[data-do]') : null
    const {id, statement} = this.#record
    if (button?.matches('[data-do="send-result"]')) void this.#outbox?.send(id, statement)
    else if (button) this.#download()
  }

  #download() {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([this.#record.statement], {type: 'application/json'}))
    link.download = `green-supply-${quizOf()?.module}-${new Date().toISOString().slice(0, 10)}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }

  #show() {
    const outbox = this.#outbox
    const parcel = outbox?.parcel(this.#record.id)
    if (!outbox || !parcel) return
    const {busy, trouble, going} = outbox
    const {state, status, said} = parcel
    const stuck = state === 'waiting' && !busy
    const words = [
      busy ? this.#say('sending') : state === 'done' ? this.#say('sent') : state === 'aside' ? this.#say('aside', {status}) : this.#say('waiting'),
      state === 'aside' && said && this.#say('aside_said', {said}),
      stuck && trouble && this.#say(`why_${trouble.outcome}`, {status: trouble.status}),
      stuck && this.#say(going ? 'again' : 'later'),
    ]
    const text = words.filter(Boolean).join(' ')
    const region = this.#part('.state')
    if (region.textContent !== text) region.textContent = text
    this.#part('[data-do="send-result"]').hidden = busy || state === 'done'
    this.#part('[data-do="download-result"]').hidden = state === 'done'
  }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) {
    const {words = '{}'} = /** @type {HTMLElement} */ (document.querySelector('lms-launch[data-words]')).dataset
    return say({words: JSON.parse(words)}, name, {host: launch()?.host ?? '', ...values})
  }
}

/** The page in another language is opened by the same launch. @param {Event} event */
function lead({target}) {
  const link = target instanceof Element ? target.closest('a[hreflang]') : null
  if (link instanceof HTMLAnchorElement && link.origin === location.origin) link.search = launched()?.search ?? ''
}

/** Was a page of this tab opened by an LMS? With a value: remember it, or forget it. @param {string} [value] */
function mark(value) {
  try {
    if (value) sessionStorage.setItem(MARK, value)
    else if (value === '') sessionStorage.removeItem(MARK)
    return sessionStorage.getItem(MARK) !== null
  } catch {
    return false
  }
}

if (launched()) keepIn(forgetful()) // whoever learns here may not be the device's learner
customElements.get('lms-launch') ?? customElements.define('lms-launch', LmsLaunch)

// @ts-check
import {attend, hush, languageOf, make, quizOf, say} from '../shared/page.js'
import {alone} from '../shared/keep.js'
import {percent} from '../shared/numbers.js'
import {Outbox} from '../shared/outbox.js'
import {said, statement} from '../shared/statement.js'
import {keptIn} from '../shared/store.js'
import {CODE, Learner, Records} from './kept.js'

/** Longest address that every e-mail program takes, in signs. */
const LONGEST_MAIL = 1800
const LOCK = 'greensupply.record'

/** The record of a passed module, and the ways to hand it over. Without script: how else a record is obtained. */
export class CompletionRecord extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {ReturnType<CompletionRecord['open']> | undefined} */
  #opened

  connectedCallback() { // may run again: an element can be moved
    this.hidden = Boolean(keptIn()) // then who opened the page gets the result, and this device makes no record of it
    if (this.hidden || !quizOf()) return
    this.#listening = new AbortController()
    const {signal} = this.#listening
    const {quiz, keeps, outbox} = this.#all
    this.addEventListener('click', event => this.#press(event), {signal})
    this.addEventListener('keydown', event => this.#enter(event), {signal})
    addEventListener('online', () => outbox?.resume(), {signal})
    addEventListener('pageshow', event => { if (event.persisted) outbox?.resume() }, {signal})
    quiz.progress.addEventListener('change', () => this.#begin(), {signal})
    for (const keep of keeps) keep.addEventListener('change', () => this.#update(), {signal})
    for (const region of this.querySelectorAll('.ready, .state')) hush(/** @type {HTMLElement} */ (region))
    this.#part('.plain').hidden = true
    this.#begin()
    outbox?.resume()
  }

  disconnectedCallback() { this.#listening?.abort() }

  get #all() { return (this.#opened ??= this.open()) }

  /** What the page says and the device keeps; once for each element. */
  open() {
    const {site = '', names = '{}', words = '{}', endpoint = '', authorization = ''} = this.dataset
    const quiz = /** @type {Quiz} */ (quizOf())
    const [records, learner] = [new Records(quiz.module), new Learner()]
    const outbox = endpoint ? new Outbox(endpoint, authorization) : null
    const keeps = [records, learner, ...(outbox ? [outbox] : [])]
    keeps.forEach(attend)
    this.#field.value = learner.kept.supplier
    const choice = /** @type {HTMLInputElement | null} */ (this.querySelector(`.choice [value="${learner.kept.country}"]`))
    if (choice) choice.checked = true
    /** @type {About} */
    const about = {site, module: quiz.module, names: JSON.parse(names)}
    return {quiz, records, learner, outbox, keeps, about, words: JSON.parse(words), host: endpoint.split('/')[2]}
  }

  get #field() { return /** @type {HTMLInputElement} */ (this.#part('input')) }
  get #record() { return this.#all.records.newest }
  get #file() { return `green-supply-${this.#all.about.module}-${this.#record?.at.slice(0, 10)}.json` }
  /** Kept by a newer site, which may have made a record already: here none is made. */
  get #locked() { return [this.#all.records, this.#all.learner].some(({troubles}) => troubles.includes('newer')) }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return say(this.#all, name, {host: this.#all.host, ...values}) }

  /** The pass is there: what is fixed of the record is fixed now. */
  #begin() {
    const {quiz: {progress: {passed}, revision, total}, records} = this.#all
    this.#update()
    if (!passed || records.kept.has(passed.revision) || this.#locked) return
    void alone(LOCK, () => records.begin(passed, passed.revision === revision ? total : 0, this.dataset.language ?? 'en'))
  }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('button[data-do]') : null
    if (!(button instanceof HTMLElement)) return
    const {outbox} = this.#all
    if (button.dataset.do === 'make') this.#make()
    else if (button.dataset.do === 'without') this.#finish(null)
    else if (button.dataset.do === 'download') this.#download()
    else if (this.#record?.statement) outbox?.send(this.#record.id, this.#record.statement)
    else outbox?.retry()
  }

  /** @param {KeyboardEvent} event */
  #enter(event) {
    if (event.key !== 'Enter' || event.isComposing || event.target !== this.#field) return
    event.preventDefault()
    this.#make()
  }

  #make() {
    const text = this.#field.value.trim()
    const supplier = text.toUpperCase()
    const wrong = supplier !== '' && !CODE.test(supplier)
    this.#part('.wrong').replaceChildren(...(wrong ? [make('p', 'problem', this.#say('supplier_wrong', {text}))] : []))
    this.#field.setAttribute('aria-invalid', String(wrong))
    if (wrong) this.#field.focus()
    else this.#finish({supplier, country: /** @type {HTMLInputElement} */ (this.#part(':checked')).value})
  }

  /** The statement is made and kept before anything leaves. @param {{supplier: string, country: string} | null} words */
  async #finish(words) {
    const {records, learner, about} = this.#all
    await alone(LOCK, () => {
      if (!this.#record || this.#locked) return
      learner.says(words)
      const owner = {supplier: '', country: '', ...words, name: learner.kept.name}
      records.finish(this.#record.revision, record => statement(about, record, owner))
    })
    this.#part('h2').focus()
  }

  #download() {
    const link = make('a')
    link.href = URL.createObjectURL(new Blob([this.#record?.statement ?? ''], {type: 'application/json'}))
    link.download = this.#file
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }

  #update() {
    const {outbox, quiz} = this.#all
    const record = this.#record
    const made = Boolean(record?.statement)
    this.hidden = !record && !outbox?.waiting.length && !(this.#locked && quiz.progress.passed)
    this.#part('.form').hidden = !record || made || this.#locked
    this.#part('.made').hidden = !made
    if (record && made) this.#showRecord(record)
    if (outbox) this.#showSending(outbox, made ? record : undefined)
    this.#showTroubles()
  }

  /** @param {Draft} record */
  #showRecord({id, revision, at, score, statement: text}) {
    const [supplier, country] = ['supplier', 'country'].map(name => said(text, name))
    const shown = {
      date: this.#day(at),
      score: percent(score, languageOf(this)),
      revision: String(revision),
      supplier: supplier || this.#say('unsaid'),
      country: this.#say(`country_${country}`) || country || this.#say('unsaid'),
      id,
    }
    for (const [name, value] of Object.entries(shown)) this.#part(`[data-show="${name}"]`).textContent = value
    this.#part('pre').textContent = text
    this.#speak('.ready', this.#say('ready'))
    const whole = this.#mail('mail_body', text)
    const fits = whole.length <= LONGEST_MAIL
    this.#part('.mail').setAttribute('href', fits ? whole : this.#mail('mail_body_attach', text))
    this.#part('.mail-note').textContent = this.#say(fits ? 'mail_whole' : 'mail_attach')
  }

  /** @param {string} body name of its words @param {string} record */
  #mail(body, record) {
    const {email = '', title = ''} = this.dataset
    const [subject, text] = ['mail_subject', body].map(name => this.#say(name, {module: title, file: this.#file, record}))
    const [about, said] = [subject, text.replace(/\n/g, '\r\n')].map(encodeURIComponent)
    return `mailto:${email}?subject=${about}&body=${said.replace(/%(2C|2F|3A)/g, decodeURIComponent)}`
  }

  /** @param {Outbox} outbox @param {Draft | undefined} record */
  #showSending(outbox, record) {
    const {busy, trouble, going, waiting: {length: count}} = outbox
    const parcel = record && outbox.parcel(record.id)
    const state = busy ? 'sending' : count ? 'waiting' : ''
    const words = [
      parcel?.state === 'done' && this.#say('sent', {date: this.#day(parcel.at)}),
      parcel?.state === 'aside' && this.#say('aside', {status: parcel.status}),
      parcel?.said && this.#say('aside_said', {said: parcel.said}),
      state && this.#say(state, {count}),
      state === 'waiting' && trouble && this.#say(`why_${trouble.outcome}`, {status: trouble.status}),
      state === 'waiting' && trouble && this.#say(going ? 'again' : 'later'),
    ]
    this.#speak('.state', words.filter(Boolean).join(' '))
    this.#part('.sending').hidden = !record && !count
    this.#part('.consent').hidden = !record || Boolean(parcel)
    const button = this.#part('[data-do="send"]')
    button.textContent = this.#say(record && !parcel ? 'send' : 'try_now')
    button.hidden = parcel?.state === 'done' && !count
  }

  #showTroubles() {
    const troubles = new Set(this.#all.keeps.flatMap(keep => keep.troubles))
    const box = this.#part('.troubles')
    if (box.childElementCount === troubles.size) return
    box.replaceChildren(...[...troubles].map(trouble => make('p', 'news', this.#say(`storage_${trouble}`))))
  }

  /** @param {string} at */
  #day(at) { return new Intl.DateTimeFormat(languageOf(this), {dateStyle: 'long'}).format(new Date(at)) }

  /** Speaks only when it changes. @param {string} selector @param {string} text */
  #speak(selector, text) {
    const region = this.#part(selector)
    if (region.textContent !== text) region.textContent = text
  }
}

customElements.get('completion-record') ?? customElements.define('completion-record', CompletionRecord)

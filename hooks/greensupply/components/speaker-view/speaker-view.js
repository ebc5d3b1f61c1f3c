// @ts-check
import {blocks, compare} from '../module-presenter/later/blocks.js'
import {clean, fill, iconButton, make, textOf} from '../module-presenter/later/dom.js'
import {taskOf} from '../module-presenter/later/keys.js'

const NAME = 'gs-speaker'
const DISK = location.protocol === 'file:'
const TICK = 500
/** Ticks between two calls to a presentation that does not answer. */
const PATIENCE = 4

/**
 * The facilitator's edition as the speaker's window: notes of the slide that is shown, what is next, and the time. It is
 * one only where a presentation has opened it; else the page stays as it is.
 */
export class SpeakerView extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Words} */
  #words = {}
  #timer = 0
  #ticks = 0
  /** @type {State} */
  #state = {slides: [], at: 0, blank: false, since: 0, title: '', closed: true}
  /** @type {Block[]} */
  #blocks = []
  /** @type {Record<string, HTMLElement>} */
  #parts = {}

  connectedCallback() { // may run again: an element can be moved
    const opener = /** @type {Window | null} */ (window.opener)
    if (location.hash !== '#speaker' || !opener || opener === window) return
    const article = document.querySelector('.gs-article')
    this.#words = JSON.parse(this.dataset.words ?? '{}')
    this.#blocks = article ? blocks(article) : []
    this.#listening = new AbortController()
    const {signal} = this.#listening
    if (!this.firstElementChild) this.#build()
    addEventListener('message', ({source, origin, data}) => {
      if (source !== window.opener || !DISK && origin !== location.origin || data?.to !== NAME) return
      this.#state = {...this.#state, ...data}
      this.#show()
    }, {signal})
    addEventListener('keydown', event => this.#key(event), {signal})
    this.addEventListener('click', ({target}) => {
      const button = target instanceof Element ? target.closest('button[data-do]') : null
      if (button instanceof HTMLElement) this.#ask(button.dataset.do ?? '')
    }, {signal})
    this.addEventListener('change', ({target}) => {
      if (target instanceof HTMLSelectElement) this.#ask(Number(target.value))
    }, {signal})
    this.#timer = window.setInterval(() => this.#tick(), TICK)
    this.#show()
    this.#ask('hello')
  }

  disconnectedCallback() {
    this.#listening?.abort()
    clearInterval(this.#timer)
  }

  /** @param {string} name @param {Record<string, string | number>} [values] */
  #say(name, values = {}) { return fill(this.#words[name] ?? '', values) }

  #build() {
    const part = (/** @type {string} */ name, /** @type {HTMLElement} */ element) => (this.#parts[name] = element)
    const panel = (/** @type {string} */ name) => make('section', `panel panel--${name}`, make('h2', '', this.#say(name)), part(name, make('div', 'inside')))
    const time = (/** @type {string} */ name) => make('p', 'time', make('span', 'label', this.#say(name)), ' ', part(name, make('b')))
    const button = (/** @type {string} */ name) => {
      const made = make('button', 'word', this.#say(name))
      made.type = 'button'
      made.dataset.do = name
      return made
    }
    const jump = make('select')
    jump.setAttribute('aria-label', this.#say('jump'))
    part('jump', jump)
    const bar = make('div', 'bar', iconButton('previous', this.#say('previous')), part('count', make('p', 'count')), iconButton('next', this.#say('next')), part('blank', button('blank')), jump)
    bar.setAttribute('role', 'group')
    bar.setAttribute('aria-label', this.#say('controls'))
    const told = part('told', make('p', 'told-state'))
    told.setAttribute('role', 'status')
    this.append(
      make('div', 'head', part('title', make('h1')), make('div', 'times', time('elapsed'), button('reset'), time('clock'))),
      told, bar,
      make('div', 'panels', make('div', 'side', panel('now'), panel('next_up')), panel('notes')),
    )
    for (const other of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('body > :not(script, speaker-view)'))) other.hidden = true
    for (const name of ['now', 'next_up', 'notes']) this.#reachable(name)
    this.setAttribute('role', 'main')
    this.hidden = false
    document.documentElement.dataset.gsSpeaker = ''
  }

  /** A panel that scrolls can be scrolled by keyboard. @param {string} name */
  #reachable(name) {
    const panel = this.#parts[name]
    if (!panel) return
    panel.tabIndex = 0
    panel.setAttribute('role', 'region')
    panel.setAttribute('aria-label', this.#say(name))
  }

  /** @param {string | number} task */
  #ask(task) {
    const opener = /** @type {Window | null} */ (window.opener)
    if (opener && !opener.closed) opener.postMessage({from: NAME, task}, DISK ? '*' : location.origin)
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const task = taskOf(event)
    const scrolls = event.target instanceof Element && event.target.matches('.inside') && /^(Arrow(Up|Down)|Tab)$/.test(event.key)
    if (!task || scrolls || task === 'speaker' || task === 'full' || task === 'close') return
    event.preventDefault()
    this.#ask(task)
  }

  #tick() {
    this.#ticks += 1
    const gone = !window.opener || window.opener.closed
    if (gone && !this.#state.closed) {
      this.#state.closed = true
      this.#show()
    }
    if (this.#state.closed && this.#ticks % PATIENCE === 0) this.#ask('hello')
    this.#times()
  }

  #times() {
    const {since, closed} = this.#state
    const now = new Date()
    const seconds = since ? Math.max(0, Math.floor((now.getTime() - since) / 1000)) : 0
    const two = (/** @type {number} */ number) => String(number).padStart(2, '0')
    this.#put('clock', new Intl.DateTimeFormat(this.lang || undefined, {hour: 'numeric', minute: '2-digit'}).format(now))
    if (!closed || !since) this.#put('elapsed', `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`)
  }

  /** @param {string} name @param {string} text */
  #put(name, text) {
    const part = this.#parts[name]
    if (part && part.textContent !== text) part.textContent = text
  }

  #show() {
    const {slides, at, blank, title, closed} = this.#state
    const slide = slides[at]
    this.#put('title', title || textOf(document.querySelector('.gs-facilitator-module')))
    document.title = `${this.#say('name')} – ${this.#parts.title?.textContent ?? ''}`
    this.#put('told', closed ? this.#say('closed') : blank ? this.#say('said_blank') : '')
    this.#put('blank', this.#say(blank ? 'unblank' : 'blank'))
    this.#times()
    this.#put('count', slide ? this.#say('place', {number: slide.number, count: slides.at(-1)?.number ?? 0}) : '–')
    this.#jumps()
    this.#fillPanel('now', slide ? view(slide, this.#section(slide)) : [])
    const next = slides[at + 1]
    const later = slides.slice(at + 1).find(other => slide && other.order > slide.order && other.section)
    this.#fillPanel('next_up', [
      ...(next ? view(next, this.#section(next)) : [make('p', '', this.#say('nothing'))]),
      ...(later ? [make('p', 'section-next', make('span', 'label', this.#say('next_section')), ' ', make('b', '', later.section))] : []),
    ])
    this.#fillPanel('notes', slide ? this.#notes(slide) : [])
  }

  /** @param {Told} slide */
  #section(slide) { return slide.reveal ? this.#say('answer') : slide.section !== slide.title ? slide.section : '' }

  /** @param {string} name @param {Node[]} nodes */
  #fillPanel(name, nodes) {
    const panel = this.#parts[name]
    panel?.replaceChildren(...nodes)
    if (panel) panel.scrollTop = 0
  }

  /** The sections, to go to one at once. */
  #jumps() {
    const {slides, at} = this.#state
    const jump = /** @type {HTMLSelectElement} */ (this.#parts.jump)
    const first = slides.map((slide, place) => ({slide, place})).filter(({slide, place}) => slide.order !== slides[place - 1]?.order)
    const names = first.map(({slide}) => slide.section || slide.title)
    const same = first.length === jump.options.length && first.every(({place}, here) => jump.options[here]?.value === String(place))
    if (!same) jump.replaceChildren(...first.map(({place}, here) => new Option(names[here], String(place))))
    const now = first.filter(({place}) => place <= at).pop()
    if (now) jump.value = String(now.place)
    jump.disabled = !first.length
  }

  /** Notes at the place of a slide; without any, the last one before it in the same section. @param {Told} slide */
  #notes(slide) {
    const notes = this.#blocks.filter(({note}) => note)
    const here = notes.filter(({place}) => compare(place, slide.from) >= 0 && compare(place, slide.to) <= 0)
    if (here.length) return here.map(({element}) => noteOf(element))
    const before = notes.filter(({place, section}) => section === slide.order && compare(place, slide.from) < 0).pop()
    if (!before) return [make('p', '', this.#say('no_notes'))]
    return [make('p', 'label', this.#say('earlier')), noteOf(before.element)]
  }
}

/** @param {Element} element */
function noteOf(element) { return make('div', 'gs-text', clean(element)) }

/** @param {Told} slide @param {string} above @returns {HTMLElement[]} */
function view({title, lines}, above) {
  const rest = lines.filter(line => line !== title)
  return [...(above ? [make('p', 'label', above)] : []), make('p', 'slide-title', title), ...rest.map(line => make('p', 'line', line))]
}

customElements.get('speaker-view') ?? customElements.define('speaker-view', SpeakerView)

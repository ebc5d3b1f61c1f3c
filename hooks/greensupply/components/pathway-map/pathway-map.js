// @ts-check
import {hush, say} from '../shared/page.js'
import {learned, place, stored} from '../shared/learning.js'
import {duration, entitle} from './wording.js'

/** @typedef {{element: HTMLElement, link: HTMLAnchorElement, module: string, state: string, passed: boolean, minutes: number}} Station */

const PROCESSES = 'greensupply.processes'

/** The map of a pathway: where the learner stands, what is next, which electives fit the plant. Without script: the map alone. */
export class PathwayMap extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Record<string, string>} */
  #words = {}

  connectedCallback() { // may run again: an element can be moved
    this.#words = JSON.parse(this.dataset.words ?? '{}')
    this.#listening = new AbortController()
    const {signal} = this.#listening
    const again = () => { this.#choose(); this.#update() }
    for (const event of ['storage', 'pageshow']) addEventListener(event, again, {signal})
    document.addEventListener('greensupply:progress', () => this.#update(), {signal})
    this.addEventListener('change', () => this.#chosen(), {signal})
    for (const part of ['.standing', '.processes']) this.querySelector(part)?.removeAttribute('hidden')
    this.querySelector('.plain')?.setAttribute('hidden', '')
    const fit = this.querySelector('.fit')
    if (fit) hush(fit)
    again()
  }

  disconnectedCallback() { this.#listening?.abort() }

  get #boxes() { return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll('.processes input')]) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return say({words: this.#words}, name, values) }

  /** Check the boxes as they are kept. */
  #choose() {
    const kept = stored('processes')
    if (kept && !(kept.v === 1 && Array.isArray(kept.chosen))) return
    for (const box of this.#boxes) box.checked = Boolean(kept?.chosen.includes(box.value))
  }

  /** The learner chose: of processes that only another pathway asks for, nothing is lost. */
  #chosen() {
    const kept = stored('processes')
    const mine = this.#boxes.map(box => box.value)
    const others = kept?.v === 1 && Array.isArray(kept.chosen) ? kept.chosen.filter(name => typeof name === 'string' && !mine.includes(name)) : []
    const text = JSON.stringify({v: 1, chosen: [...others, ...this.#boxes.filter(box => box.checked).map(box => box.value)]})
    let sure = false
    try {
      localStorage.setItem(PROCESSES, text)
      sure = localStorage instanceof Storage && localStorage.getItem(PROCESSES) === text
    } catch { /* said below */ }
    this.#write('.note', this.#say(sure ? 'processes_note' : 'processes_unkept'))
    this.#update()
  }

  #update() {
    const needed = this.#stations('ol.stations > li')
    const electives = this.#stations('ul.electives > li')
    const chosen = this.#boxes.filter(box => box.checked).map(box => box.value)
    const fitting = electives.filter(({element: {dataset: {processes = ''}}}) => !chosen.length || chosen.some(name => processes.split(' ').includes(name)))
    for (const station of electives) station.element.hidden = !fitting.includes(station)
    const count = fitting.length
    this.#write('.fit', this.#say(chosen.length ? 'fits' : 'fits_all', {count}))
    this.#showStanding(needed, chosen.length || !this.#boxes.length ? fitting : [])
    this.querySelector('.blocked')?.toggleAttribute('hidden', isKept())
  }

  /** What is there, as kept; each state is shown at once. @param {string} selector @returns {Station[]} */
  #stations(selector) {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll(selector)]).map(element => {
      const {module = '', revision, minutes} = element.dataset
      const {state} = learned(module, Number(revision))
      const link = /** @type {HTMLAnchorElement} */ (element.querySelector('h3 a'))
      const words = element.querySelector('.state')
      const text = state ? this.#say(`state_${state}`) : this.#say('unknown')
      element.dataset.state = state
      if (words && words.textContent !== text) words.textContent = text
      return {element, link, module, state, passed: state === 'passed' || state === 'older', minutes: Number(minutes)}
    })
  }

  /** @param {Station[]} needed @param {Station[]} electives those that the learner's plant needs */
  #showStanding(needed, electives) {
    const open = needed.filter(({passed}) => !passed)
    const [time, more] = [open, electives.filter(({passed}) => !passed)].map(part => part.reduce((sum, {minutes}) => sum + minutes, 0))
    const form = time && more ? 'time_left_electives' : time ? 'time_left' : more ? 'only_electives' : ''
    const lines = [
      open.length ? this.#say('passed_of', {passed: needed.length - open.length, total: needed.length}) : this.#say('complete'),
      form && this.#say(form, {time: duration(time, this.#words), more: duration(more, this.#words)}),
    ]
    this.#write('.left', lines.filter(Boolean).join(' '))
    const next = /** @type {HTMLAnchorElement} */ (this.querySelector('a.next'))
    const [first] = open
    if (first) {
      next.href = first.link.href.split('#')[0] + this.#anchor(first)
      const form = first.state === 'begun' ? 'go_on' : open.length === needed.length ? 'begin' : 'next'
      entitle(next, this.#words[form] ?? '', first.link)
    } else {
      next.href = this.dataset.certificate ?? ''
      next.replaceChildren(this.#say('certificate'))
    }
    for (const station of needed) {
      if (station === first) station.element.setAttribute('aria-current', 'step')
      else station.element.removeAttribute('aria-current')
    }
  }

  /** Where the learner stopped in that module, if it was the last one. @param {Station} station */
  #anchor({module, state}) {
    const last = place()
    if (last?.module !== module || state !== 'begun' || !last.anchor) return ''
    const same = last.lang === document.documentElement.lang || last.anchor.startsWith('question-')
    return same ? `#${encodeURIComponent(last.anchor)}` : ''
  }

  /** @param {string} selector @param {string} text */
  #write(selector, text) {
    const part = this.querySelector(selector)
    if (part && part.textContent !== text) part.textContent = text
  }
}

/** May the site read what it kept? A stand-in that only lives in memory does not count. */
function isKept() {
  try { return localStorage instanceof Storage } catch { return false }
}

customElements.get('pathway-map') ?? customElements.define('pathway-map', PathwayMap)

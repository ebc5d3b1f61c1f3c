// @ts-check
import {languageOf, make, say} from '../shared/page.js'
import {LARGEST_FILE, parseProgress, progressText} from '../shared/progress-file.js'
import {choose, give} from '../shared/sheet-parts.js'
import {decoded} from '../shared/sheet-file.js'
import {stored} from '../shared/learning.js'
import {duration, entitle} from '../pathway-map/wording.js'
import {erase, everything, put, take, trouble} from './device.js'
import {day, rows, stopped, write} from './modules.js'

/** @typedef {import('../shared/progress-file.js').Part} Part */
/** @typedef {import('../shared/progress-file.js').ProgressFile} ProgressFile */
/** @typedef {import('./device.js').Outcome} Outcome */

const EXPORTED = 'greensupply.exported'
/** Names of what is kept, by the second part of the key, in the order in which they are told. */
const GROUPS = ['module', 'record', 'learner', 'outbox', 'sheet', 'place', 'processes', 'exported']

/** All that the device keeps of a learner: shown, saved, joined with a file, erased. Without script: the modules. */
export class LearningOverview extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Record<string, string>} */
  #words = {}
  /** @type {{file: File, found: ProgressFile} | null} the file that the learner is asked about */
  #asked = null

  connectedCallback() { // may run again: an element can be moved
    this.#words = JSON.parse(this.dataset.words ?? '{}')
    this.#listening = new AbortController()
    const {signal} = this.#listening
    const again = () => this.#update()
    for (const event of ['storage', 'pageshow']) addEventListener(event, again, {signal})
    document.addEventListener('greensupply:progress', again, {signal})
    this.addEventListener('click', event => this.#press(event), {signal})
    this.addEventListener('keydown', event => { if (event.key === 'Escape') this.#keepAll() }, {signal})
    this.#part('.plain').hidden = true
    for (const part of ['.totals', '.file', '.erase']) this.#part(part).hidden = false
    this.#showTrouble()
    again()
  }

  disconnectedCallback() { this.#listening?.abort() }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return say({words: this.#words}, name, values) }

  /** @param {string[]} items */
  #list(items) { return new Intl.ListFormat(languageOf(this)).format(items) }

  #update() {
    const all = rows(this, (name, values) => this.#say(name, values))
    const passed = new Set(all.filter(row => row.passed).map(({id}) => id))
    const left = all.reduce((sum, row) => sum + (row.passed ? 0 : row.minutes), 0)
    write(this, '[data-show="passed"]', this.#say('of', {passed: passed.size, total: all.length}))
    write(this, '[data-show="left"]', left ? duration(left, this.#words) : this.#say('nothing_left'))
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('[data-pathway]'))) {
      const names = part.dataset.pathway?.split(' ') ?? []
      part.textContent = this.#say('of', {passed: names.filter(name => passed.has(name)).length, total: names.length})
    }
    this.#part('.all-passed').hidden = !all.length || passed.size < all.length
    this.#part('.certificates').hidden = !passed.size
    this.#showPlace(stopped(all))
    const {v, at} = stored('exported') ?? {}
    const known = v === 1 && typeof at === 'string' && !Number.isNaN(Date.parse(at))
    write(this, '.exported', known ? this.#say('exported', {date: day(at, languageOf(this))}) : this.#say('never'))
  }

  /** @param {ReturnType<typeof stopped>} last */
  #showPlace(last) {
    this.#part('.resume').hidden = !last
    if (!last) return
    const link = /** @type {HTMLAnchorElement} */ (this.#part('.resume a'))
    link.href = last.href
    entitle(link, this.#words.resume_link ?? '', last.row.link)
    write(this, '.resume-at', last.label && this.#say('resume_at', {place: last.label}))
    this.#part('.resume-at').hidden = !last.label
  }

  /** Whether anything can be kept at all; it is looked at once, by writing. */
  #showTrouble() {
    const found = trouble()
    this.#part('.troubles').replaceChildren(...(found ? [make('p', 'news', this.#say(`trouble_${found}`))] : []))
  }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('button[data-do]') : null
    if (!(button instanceof HTMLElement)) return
    if (button.dataset.do === 'export') this.#export()
    else if (button.dataset.do === 'import') choose(file => this.#open(file))
    else if (button.dataset.do === 'ask-yes') this.#answer(true)
    else if (button.dataset.do === 'ask-no') this.#answer(false)
    else if (button.dataset.do === 'erase') this.#askErase()
    else if (button.dataset.do === 'erase-yes') this.#erase()
    else if (button.dataset.do === 'erase-no') this.#keepAll()
  }

  #export() {
    const date = new Date().toISOString()
    const text = progressText({site: this.dataset.site ?? '', date}, everything())
    if (!text) return this.#tell('file', this.#say('saved_nothing'))
    const file = `green-supply-progress-${date.slice(0, 10)}.json`
    give(file, text)
    put(EXPORTED, JSON.stringify({v: 1, at: date}))
    this.#tell('file', this.#say('saved', {file}))
    return this.#update()
  }

  /** Read a file; ask first where it may not be the learner's own. @param {File} file */
  async #open(file) {
    this.#asked = null
    this.#part('.ask').hidden = true
    const text = file.size > LARGEST_FILE ? null : decoded(await file.arrayBuffer().catch(() => new ArrayBuffer(0)))
    const found = text === null ? {refused: 'large'} : parseProgress(text)
    if ('refused' in found) return this.#tell('file', this.#say(`refused_${found.refused}`, {file: file.name}))
    const mine = stored('learner')?.name
    const questions = [
      found.site === this.dataset.site ? '' : this.#say('ask_site', {site: found.site || this.#say('ask_nowhere')}),
      found.learner && mine && found.learner !== mine ? this.#say('ask_person') : '',
    ].filter(Boolean)
    if (!questions.length) return this.#take(file, found)
    this.#asked = {file, found}
    this.#tell('file', '')
    this.#part('.ask > div').replaceChildren(...questions.map(question => make('p', '', question)))
    this.#part('.ask').hidden = false
    return this.#part('[data-do="ask-no"]').focus()
  }

  /** @param {boolean} yes */
  #answer(yes) {
    const asked = this.#asked
    this.#asked = null
    this.#part('.ask').hidden = true
    this.#part('[data-do="import"]').focus()
    if (asked && yes) return this.#take(asked.file, asked.found)
    return this.#tell('file', this.#say('left_alone'))
  }

  /** @param {File} file @param {ProgressFile} found */
  async #take({name: file}, {parts}) {
    const {refused, outcomes = []} = await take(parts)
    if (refused) return this.#tell('file', this.#say(`refused_${refused}`, {file}))
    /** @param {Outcome} wanted */
    const names = wanted => [...new Set(outcomes.filter(({outcome}) => outcome === wanted).map(({part}) => this.#nameOf(part)))]
    const taken = names('taken')
    /** @type {[string, string[]][]} */
    const lines = [
      ['took', taken],
      ['same', names('unchanged').filter(name => !taken.includes(name))],
      ['not_damaged', names('damaged')],
      ['not_newer', names('newer')],
    ]
    const said = lines.filter(([, list]) => list.length).map(([name, list]) => this.#say(name, {list: this.#list(list)}))
    this.#tell('file', this.#say('read', {file}), ...said)
    this.#showTrouble()
    return this.#update()
  }

  /** @param {Part} part */
  #nameOf({kind, id}) {
    if (kind === 'learner') return this.#say('person')
    const link = this.querySelector(`.modules > [data-module="${id}"] h3 a`)
    return link?.textContent ?? this.#say('elsewhere', {module: id})
  }

  #askErase() {
    const keys = [...everything().keys()].sort()
    this.#tell('erase', keys.length ? '' : this.#say('erase_nothing'))
    if (!keys.length) return
    const groups = GROUPS.map(name => ({name, count: keys.filter(key => groupOf(key) === name).length}))
    const others = keys.filter(key => !GROUPS.includes(groupOf(key)))
    const words = groups.filter(({count}) => count).map(({name, count}) => this.#say(`has_${name}`, {count}))
    if (others.length) words.push(this.#say('has_other', {keys: this.#list(others)}))
    this.#part('.what').replaceChildren(...words.map(text => make('li', '', text)))
    this.#part('[data-do="erase"]').hidden = true
    this.#part('.confirm').hidden = false
    this.#part('[data-do="erase-no"]').focus()
  }

  #keepAll() {
    if (this.#part('.confirm').hidden) return
    this.#closeErase()
    this.#part('[data-do="erase"]').focus()
  }

  #erase() {
    this.#closeErase()
    this.#part('#learning-overview-erase').focus()
    this.#tell('erase', this.#say(erase() ? 'erased' : 'erase_failed'))
    this.#tell('file', '')
    this.#update()
  }

  #closeErase() {
    this.#part('.confirm').hidden = true
    this.#part('[data-do="erase"]').hidden = false
  }

  /** Say in a live region what came of a press. @param {'file' | 'erase'} where @param {...string} lines */
  #tell(where, ...lines) {
    this.#part(`[data-said="${where}"]`).replaceChildren(...lines.filter(Boolean).map(line => make('p', '', line)))
  }
}

/** What a key is of: `greensupply.sheet.stream-map` is a sheet; one with a further end, such as `.corrupt`, is by itself. @param {string} key */
function groupOf(key) {
  const [, group, name, ...more] = key.split('.')
  return more.length || name === 'corrupt' ? '' : group
}

customElements.get('learning-overview') ?? customElements.define('learning-overview', LearningOverview)

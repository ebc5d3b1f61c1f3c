// @ts-check
import {check, fromFragment, isDay, isRevision, nameProblem, tidy, versionOf} from '../shared/certificate.js'
import {read, write} from '../shared/numbers.js'
import {languageOf, make, say} from '../shared/page.js'

/**
 * @typedef {{id: string, title: string, lang: string}} Module
 * @typedef {{id: string, title: string, modules: string[]}} Pathway
 * @typedef {import('../shared/certificate.js').Part} Part
 */

/** Says whether a certificate's fields and its code belong together. Without script: what a code proves. */
export class CertificateCheck extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {ReturnType<CertificateCheck['open']> | undefined} */
  #opened
  #made = 0

  connectedCallback() { // may run again: an element can be moved
    this.#listening = new AbortController()
    const {signal} = this.#listening
    this.addEventListener('click', event => this.#press(event), {signal})
    this.addEventListener('keydown', event => this.#enter(event), {signal})
    this.addEventListener('input', event => this.#changed(event), {signal})
    addEventListener('hashchange', () => this.#fromLink(), {signal})
    this.#part('.plain').hidden = true
    this.#part('.form').hidden = false
    if (location.hash) this.#fromLink()
    else this.#list()
  }

  disconnectedCallback() { this.#listening?.abort() }

  get #all() { return (this.#opened ??= this.open()) }

  /** What the page says; once for each element. */
  open() {
    const {words = '{}', shelf = '{}'} = this.dataset
    /** @type {{modules: Module[], pathways: Pathway[]}} */
    const {modules, pathways} = JSON.parse(shelf)
    return {words: JSON.parse(words), modules, pathways}
  }

  get #select() { return /** @type {HTMLSelectElement} */ (this.#part('#certificate-check-for')) }
  get #adder() { return /** @type {HTMLSelectElement} */ (this.#part('#certificate-check-add')) }
  get #rows() { return /** @type {HTMLFieldSetElement[]} */ ([...this.querySelectorAll('.parts > fieldset')]) }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {string} name @param {ParentNode} [place] */
  #field(name, place = this) { return /** @type {HTMLInputElement} */ (place.querySelector(`[data-field="${name}"]`)) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return say(this.#all, name, values) }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('button[data-do]') : null
    if (!(button instanceof HTMLElement)) return
    if (button.dataset.do === 'check') this.#check()
    else this.#add()
  }

  /** @param {KeyboardEvent} event */
  #enter(event) {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    this.#check()
  }

  /** An answer belongs to the fields as they were. @param {Event} event */
  #changed({target}) {
    this.#part('.said').replaceChildren()
    if (target instanceof HTMLElement) this.#wrong(target, '')
    this.#part('.parts-wrong').replaceChildren()
    if (target === this.#select) this.#list()
  }

  /** A row for each module that the chosen certificate lists; what was typed for a module stays. */
  #list() {
    const [kind, id] = this.#select.value.split('.')
    const pathway = this.#all.pathways.find(one => kind === 'pathway' && one.id === id)
    const ids = pathway?.modules ?? (kind === 'module' ? [id] : [])
    const rows = new Map(this.#rows.map(row => [row.dataset.module, row]))
    this.#part('.parts').replaceChildren(...ids.map(module => rows.get(module) ?? this.#row(module)))
    for (const part of this.querySelectorAll('.of-pathway')) /** @type {HTMLElement} */ (part).hidden = kind !== 'pathway'
    this.#listMore()
  }

  /** The modules that are not in a row yet. */
  #listMore() {
    const listed = new Set(this.#rows.map(row => row.dataset.module))
    const others = this.#all.modules.filter(({id}) => !listed.has(id))
    this.#adder.replaceChildren(...others.map(({id, title, lang}) => {
      const option = make('option', '', this.#say('choice', {title, id}))
      option.value = id
      if (lang) option.lang = lang
      return option
    }))
    if (!others.length) this.#part('.more').hidden = true
  }

  /** @param {string} id */
  #row(id) {
    const template = /** @type {HTMLTemplateElement} */ (this.#part('template'))
    const row = /** @type {HTMLFieldSetElement} */ (template.content.firstElementChild?.cloneNode(true))
    const {title, lang = ''} = this.#all.modules.find(module => module.id === id) ?? {}
    row.dataset.module = id
    const legend = row.querySelector('legend')
    legend?.append(title ? this.#say('part', {title, id}) : id)
    if (lang) legend?.setAttribute('lang', lang)
    const number = ++this.#made
    for (const field of row.querySelectorAll('.field')) {
      const input = /** @type {HTMLInputElement} */ (field.querySelector('input'))
      const [name, problem] = [`certificate-check-${input.dataset.field}-${number}`, `certificate-check-problem-${input.dataset.field}-${number}`]
      input.id = name
      input.setAttribute('aria-describedby', problem)
      field.querySelector('label')?.setAttribute('for', name)
      field.querySelector('.wrong')?.setAttribute('id', problem)
    }
    return row
  }

  #add() {
    const id = this.#adder.value
    if (!id) return
    const row = this.#row(id)
    this.#part('.parts').append(row)
    this.#part('.said').replaceChildren()
    this.#part('.added').textContent = this.#say('added', {title: row.querySelector('legend')?.textContent ?? ''})
    this.#listMore()
    this.#field('revision', row).focus()
  }

  /** Fill the fields with what a certificate's link holds, and check them. */
  #fromLink() {
    const found = fromFragment(location.hash)
    const said = this.#part('.link-said')
    said.replaceChildren(...(found || !location.hash.includes('=') ? [] : [make('p', 'news', this.#say('link_bad'))]))
    if (!found) {
      this.#list()
      return
    }
    const {certificate: {kind, id, parts, name}, code} = found
    const value = `${kind}.${id}`
    if (![...this.#select.options].some(option => option.value === value)) {
      const option = make('option', '', id)
      option.value = value
      this.#select.append(option)
    }
    this.#select.value = value
    this.#list()
    for (const {id: module, revision, tenths, day} of parts) {
      let row = this.#rows.find(one => one.dataset.module === module)
      if (!row) this.#part('.parts').append(row = this.#row(module))
      this.#field('revision', row).value = String(revision)
      this.#field('score', row).value = write(tenths / 10, languageOf(this))
      this.#field('day', row).value = day
    }
    this.#listMore()
    this.#field('name').value = name
    this.#field('code').value = code
    for (const link of this.querySelectorAll('.others a')) /** @type {HTMLAnchorElement} */ (link).hash = location.hash
    this.#part('.others').hidden = false
    this.#check(false)
  }

  /** @param {boolean} [asked] by a key or a press: then the first wrong field takes the focus */
  #check(asked = true) {
    const [kind, id] = this.#select.value.split('.')
    const name = tidy(this.#field('name').value)
    const problem = nameProblem(name)
    this.#wrong(this.#select, kind ? '' : this.#say('error_for'))
    const parts = this.#rows.flatMap(row => this.#read(row, kind === 'pathway'))
    this.#part('.parts-wrong').replaceChildren(...(kind && !parts.length ? [make('p', 'problem', this.#say('error_parts'))] : []))
    this.#wrong(this.#field('name'), problem && this.#say(problem === 'long' ? 'error_long' : 'error_name'))
    this.#wrong(this.#field('code'), this.#field('code').value.trim() ? '' : this.#say('error_code'))
    const wrong = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[aria-invalid="true"]')])
    const none = kind && !parts.length ? this.#rows.slice(0, 1).map(row => this.#field('revision', row)) : []
    if (wrong.length + none.length) {
      this.#answer('', make('p', 'problem', this.#say('errors', {count: wrong.length + none.length})))
      if (asked) (wrong[0] ?? none[0]).focus()
      return
    }
    this.#tell(check({kind: kind === 'pathway' ? 'pathway' : 'module', id, parts, name}, this.#field('code').value))
  }

  /** What a row says, with its mistakes shown; nothing if it was left empty and may be.
   * @param {HTMLElement} row
   * @param {boolean} mayBeEmpty
   * @returns {Part[]}
   */
  #read(row, mayBeEmpty) {
    const [revision, score, day] = ['revision', 'score', 'day'].map(name => this.#field(name, row))
    const empty = mayBeEmpty && ![revision, score].some(({value}) => value.trim()) && !day.value && !day.validity.badInput
    const number = Number(/^\s*\d{1,4}\s*$/.test(revision.value) ? revision.value : NaN)
    const language = languageOf(this)
    const reading = read(score.value, language, '%')
    const tenths = 'value' in reading ? reading.value * 10 : NaN
    const exact = Math.abs(tenths - Math.round(tenths)) < 1e-6 && tenths >= 0 && tenths <= 1000
    this.#wrong(revision, empty || isRevision(number) ? '' : this.#say('error_revision'))
    this.#wrong(score, empty || exact ? '' : this.#say('error_score', {example: write(87.5, language)}))
    this.#wrong(day, empty || isDay(day.value) ? '' : this.#say('error_day'))
    return empty ? [] : [{id: row.dataset.module ?? '', revision: number, tenths: Math.round(tenths), day: day.value}]
  }

  /** @param {'match' | 'differs' | 'unreadable' | 'version'} result */
  #tell(result) {
    const more = this.#say(`${result}_more`, {version: versionOf(this.#field('code').value)})
    const said = make('p', 'answer', make('strong', '', this.#say(result)), ' ', more)
    const help = ['name', 'for', 'numbers', 'else'].map(about => make('li', '', this.#say(`differs_${about}`)))
    this.#answer(result, said, ...(result === 'differs' ? [make('ul', 'help', ...help)] : []))
  }

  /** @param {string} state @param {...Node} words */
  #answer(state, ...words) {
    const said = this.#part('.said')
    said.dataset.state = state
    said.replaceChildren(...words)
  }

  /** A field's mistake, or none. @param {HTMLElement} field @param {string} words */
  #wrong(field, words) {
    const place = field.closest('.field')?.querySelector('.wrong')
    if (!place) return
    place.replaceChildren(...(words ? [make('p', 'problem', words)] : []))
    field.setAttribute('aria-invalid', String(words !== ''))
  }
}

customElements.get('certificate-check') ?? customElements.define('certificate-check', CertificateCheck)

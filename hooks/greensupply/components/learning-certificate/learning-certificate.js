// @ts-check
import {code, dayOf, fragment, isPart, nameProblem, tenths, tidy} from '../shared/certificate.js'
import {percent} from '../shared/numbers.js'
import {attend, languageOf, make, say} from '../shared/page.js'
import {Progress} from '../shared/progress.js'

/**
 * @typedef {{id: string, title: string, lang: string, time: string, revision: number}} Module
 * @typedef {{id: string, title: string, time: string, modules: string[]}} Pathway
 * @typedef {import('../shared/certificate.js').Part} Part
 * @typedef {{kind: 'module' | 'pathway', id: string, title: string, lang: string, time: string, parts: Part[]}} Offer
 */

/** A certificate of what this browser holds, with a name that is never kept. Without script: why it needs one. */
export class LearningCertificate extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {ReturnType<LearningCertificate['open']> | undefined} */
  #opened
  /** @type {Offer[]} */
  #offers = []
  /** Made, and shown on the page. @type {import('../shared/certificate.js').Certificate | null} */
  #shown = null

  connectedCallback() { // may run again: an element can be moved
    this.#listening = new AbortController()
    const {signal} = this.#listening
    this.addEventListener('click', event => this.#press(event), {signal})
    this.addEventListener('input', () => this.#changed(), {signal})
    this.addEventListener('keydown', event => this.#enter(event), {signal})
    addEventListener('pagehide', () => this.#forget(), {signal})
    addEventListener('beforeprint', () => this.#stamp(), {signal})
    document.addEventListener('greensupply:progress', () => this.#all.passes.forEach(pass => pass.refresh()), {signal})
    for (const pass of this.#all.passes) pass.addEventListener('change', () => this.#update(), {signal})
    this.#part('.plain').hidden = true
    this.#update()
    this.#preselect()
  }

  disconnectedCallback() { this.#listening?.abort() }

  get #all() { return (this.#opened ??= this.open()) }

  /** What the page says and the browser holds; once for each element. */
  open() {
    const {words = '{}', shelf = '{}'} = this.dataset
    /** @type {{modules: Module[], pathways: Pathway[]}} */
    const {modules, pathways} = JSON.parse(shelf)
    const passes = modules.map(({id, revision}) => new Progress(id, revision))
    passes.forEach(attend)
    return {words: JSON.parse(words), modules, pathways, passes}
  }

  get #select() { return /** @type {HTMLSelectElement} */ (this.#part('select')) }
  get #name() { return /** @type {HTMLInputElement} */ (this.#part('#learning-certificate-name')) }
  get #link() { return /** @type {HTMLInputElement} */ (this.#part('#learning-certificate-link')) }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return say(this.#all, name, values) }

  /** Offer what this browser holds now. */
  #update() {
    this.#offers = this.#found()
    const chosen = this.#select.value
    const groups = /** @type {const} */ (['pathway', 'module']).map(kind => {
      const group = document.createElement('optgroup')
      group.label = this.#say(`${kind}s`)
      group.append(...this.#offers.filter(offer => offer.kind === kind).map(offer => this.#option(offer)))
      return group
    })
    this.#select.replaceChildren(...groups.filter(group => group.childElementCount))
    if (this.#offers.some(offer => key(offer) === chosen)) this.#select.value = chosen
    this.#part('.none').hidden = this.#offers.length > 0
    this.#part('.form').hidden = this.#offers.length === 0
    const shown = this.#shown
    if (shown && !this.#offers.some(({kind, id, parts}) => same({...shown, kind, id, parts}, shown))) this.#withdraw()
    this.#older()
    this.#troubles()
  }

  /** @returns {Offer[]} */
  #found() {
    const {modules, pathways, passes} = this.#all
    /** @type {Map<string, Part>} */
    const parts = new Map()
    passes.forEach(({passed}, place) => {
      if (!passed) return
      const part = {id: modules[place].id, revision: passed.revision, tenths: tenths(passed.score), day: dayOf(passed.at)}
      if (isPart(part)) parts.set(part.id, part)
    })
    /** @param {string[]} ids */
    const all = ids => ids.flatMap(id => parts.get(id) ?? [])
    return [
      ...pathways
        .filter(pathway => pathway.modules.every(id => parts.has(id)))
        .map(({id, title, time, modules: ids}) => ({kind: /** @type {const} */ ('pathway'), id, title, lang: '', time, parts: all(ids)})),
      ...modules
        .filter(({id}) => parts.has(id))
        .map(({id, title, lang, time}) => ({kind: /** @type {const} */ ('module'), id, title, lang, time, parts: all([id])})),
    ]
  }

  /** @param {Offer} offer */
  #option(offer) {
    const {kind, title, lang, parts: [{revision, tenths: score}]} = offer
    const option = make('option', '', kind === 'pathway' ? title : this.#say('choice', {title, revision, score: this.#percent(score)}))
    option.value = key(offer)
    if (lang) option.lang = lang
    return option
  }

  /** A link of another page may choose: `certificate/#pathway.supplier`. */
  #preselect() {
    const wanted = location.hash.slice(1)
    if (this.#offers.some(offer => key(offer) === wanted)) this.#select.value = wanted
    this.#older()
  }

  get #chosen() { return this.#offers.find(offer => key(offer) === this.#select.value) }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('button[data-do]') : null
    if (!(button instanceof HTMLElement)) return
    if (button.dataset.do === 'make') this.#make()
    else if (button.dataset.do === 'print') print()
    else if (button.dataset.do === 'link') this.#makeLink()
    else void this.#copy()
  }

  /** @param {KeyboardEvent} event */
  #enter(event) {
    if (event.key !== 'Enter' || event.isComposing || event.target !== this.#name) return
    event.preventDefault()
    this.#make()
  }

  /** What is shown would no longer be what stands in the fields. */
  #changed() {
    this.#withdraw()
    this.#wrong('')
    this.#older()
  }

  #make() {
    const offer = this.#chosen
    if (!offer) return
    const problem = nameProblem(this.#name.value)
    this.#wrong(problem)
    if (problem) {
      this.#name.focus()
      return
    }
    this.#withdraw()
    const {kind, id, parts} = offer
    this.#shown = {kind, id, parts, name: tidy(this.#name.value)}
    this.#part('.paper-place').append(this.#paper(offer, this.#shown))
    this.#stamp()
    this.#part('.made').hidden = false
    this.#part('#learning-certificate-made').focus()
  }

  /** @param {Offer} offer @param {import('../shared/certificate.js').Certificate} certificate */
  #paper({title, lang, time}, certificate) {
    const {kind, id, parts, name} = certificate
    const template = /** @type {HTMLTemplateElement} */ (this.#part('template'))
    const paper = /** @type {DocumentFragment} */ (template.content.cloneNode(true))
    const shown = {
      name,
      reached: this.#say(`paper_${kind}`),
      title,
      id: this.#say('paper_id', {id}),
      revision: this.#revision(parts[0]),
      score: this.#percent(parts[0].tenths),
      passed: this.#day(parts.map(({day}) => day).sort()[parts.length - 1]),
      hours: time,
      code: code(certificate),
    }
    for (const [place, text] of Object.entries(shown)) {
      const element = paper.querySelector(`[data-show="${place}"]`)
      if (element) element.textContent = text
    }
    const address = (this.#address.match(/[^/]*\/*/g) ?? []).flatMap(step => [step, make('wbr')])
    paper.querySelector('[data-show="verify"]')?.append(...address)
    const {length} = [...name]
    paper.querySelector('.name')?.setAttribute('data-size', length > 90 ? 'small' : length > 32 ? 'middle' : 'large')
    paper.querySelector('.certificate-paper')?.setAttribute('data-size', kind === 'module' ? 'large' : parts.length > 4 ? 'small' : 'middle')
    if (lang) paper.querySelector('.title')?.setAttribute('lang', lang)
    for (const other of paper.querySelectorAll(kind === 'module' ? '.of-pathway' : '.of-module')) other.remove()
    paper.querySelector('.modules')?.append(...parts.map(part => this.#line(part)))
    return paper
  }

  /** @param {Part} part */
  #line(part) {
    const {title = part.id, lang} = this.#module(part.id)
    const name = make('b', '', title)
    if (lang) name.lang = lang
    const facts = this.#say('part', {revision: this.#revision(part), score: this.#percent(part.tenths), day: this.#day(part.day)})
    return make('li', '', name, ' ', make('span', 'id', part.id), make('span', 'facts', facts))
  }

  /** @param {string} id @returns {Partial<Module>} */
  #module(id) { return this.#all.modules.find(module => module.id === id) ?? {} }

  /** @param {Part} part */
  #revision({id, revision}) {
    const {revision: now = revision} = this.#module(id)
    return now > revision ? this.#say('revision_older', {revision, now}) : String(revision)
  }

  /** Where the code can be checked: the site's own address where it is known, which a copy of the site has not. */
  get #address() {
    const {verify = '', verifyLink = ''} = this.dataset
    return verify || new URL(verifyLink, location.href).href
  }

  /** The day of printing; a page may stay open overnight. */
  #stamp() {
    const place = this.querySelector('[data-show="printed"]')
    if (place) place.textContent = this.#day(dayOf(new Date().toISOString()))
  }

  #makeLink() {
    if (!this.#shown) return
    this.#link.value = this.#address + fragment(this.#shown, code(this.#shown))
    this.#part('.link-made').hidden = false
    this.#link.focus()
    this.#link.select()
  }

  async #copy() {
    const said = this.#part('.copied')
    said.textContent = ''
    try {
      await navigator.clipboard.writeText(this.#link.value)
      said.textContent = this.#say('copied')
    } catch { // not allowed, or not an https page
      this.#link.focus()
      this.#link.select()
      said.textContent = this.#say('selected')
    }
  }

  #withdraw() {
    this.#shown = null
    this.#part('.paper-place').replaceChildren()
    this.#part('.made').hidden = true
    this.#part('.link-made').hidden = true
    this.#part('.copied').textContent = ''
    this.#link.value = ''
  }

  /** The name goes with the page. */
  #forget() {
    this.#name.value = ''
    this.#withdraw()
  }

  /** @param {'' | 'empty' | 'long'} problem */
  #wrong(problem) {
    const words = this.#say(`name_${problem}`, {number: [...tidy(this.#name.value)].length})
    this.#part('.wrong').replaceChildren(...(problem ? [make('p', 'problem', words)] : []))
    this.#name.setAttribute('aria-invalid', String(problem !== ''))
  }

  /** A pass of an earlier revision is told before the certificate is made. */
  #older() {
    const news = (this.#chosen?.parts ?? []).flatMap(({id, revision}) => {
      const {title = '', revision: now = revision} = this.#module(id)
      return now > revision ? [this.#say('older', {title, revision, now})] : []
    })
    const place = this.#part('.older')
    if (place.textContent !== news.join('')) place.replaceChildren(...news.map(text => make('p', 'news', text)))
  }

  #troubles() {
    const told = /** @type {const} */ (['blocked', 'newer', 'corrupt'])
    const found = new Set(this.#all.passes.flatMap(pass => pass.troubles))
    const news = told.filter(trouble => found.has(trouble)).map(trouble => this.#say(`storage_${trouble}`))
    const place = this.#part('.troubles')
    if (place.textContent !== news.join('')) place.replaceChildren(...news.map(text => make('p', 'news', text)))
  }

  /** @param {number} score in tenths of a percent */
  #percent(score) { return percent(score / 1000, languageOf(this)) }

  /** @param {string} day */
  #day(day) {
    return new Intl.DateTimeFormat(languageOf(this), {dateStyle: 'long', timeZone: 'UTC'}).format(new Date(`${day}T00:00:00Z`))
  }
}

/** @param {{kind: string, id: string}} offer */
function key({kind, id}) { return `${kind}.${id}` }

/** @param {import('../shared/certificate.js').Certificate} one @param {import('../shared/certificate.js').Certificate} other */
function same(one, other) { return code(one) === code(other) }

customElements.get('learning-certificate') ?? customElements.define('learning-certificate', LearningCertificate)

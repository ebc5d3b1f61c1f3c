// @ts-check
import {Finder} from './finder.js'
import {fold, split, Stems} from './terms.js'
import {excerpt, marked} from './excerpt.js'

const MOST_PAGES = 30
const MOST_SECTIONS = 3
/** Time in which the next letter may come, in ms. */
const PAUSE = 120

/** The open search: reads what is typed, shows and tells what is found. */
class Search {
  #element
  #finder
  #stems
  /** @type {Record<string, string>} */
  #words
  #timer = 0

  /** @param {HTMLElement} element @param {Finder} finder */
  constructor(element, finder) {
    this.#element = element
    this.#finder = finder
    this.#stems = new Stems(element.dataset.locale ?? 'en')
    this.#words = JSON.parse(element.dataset.words ?? '{}')
    element.addEventListener('input', () => {
      clearTimeout(this.#timer)
      this.#timer = window.setTimeout(() => this.#answer(), PAUSE)
    })
    element.addEventListener('keydown', event => this.#key(event))
    this.#answer()
  }

  get #input() { return /** @type {HTMLInputElement} */ (this.#element.querySelector('input')) }
  get #links() { return /** @type {HTMLElement[]} */ ([...this.#element.querySelectorAll('.found a')]) }

  /** Enter goes to the first page found, the arrows go through all of them. @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
    const here = document.activeElement
    const stops = [this.#input, ...this.#links]
    const place = stops.findIndex(stop => stop === here)
    const step = {ArrowDown: 1, ArrowUp: -1, Enter: place ? 0 : 1}[event.key] ?? 0
    if (!step || place < 0) return
    event.preventDefault()
    if (event.key === 'Enter') this.#answer() // what was typed last
    const next = [this.#input, ...this.#links][place + step]
    next?.focus()
    next?.scrollIntoView({block: 'nearest'})
  }

  #answer() {
    clearTimeout(this.#timer)
    const query = this.#input.value.trim()
    const found = this.#element.querySelector('.found')
    if (query === this.#element.dataset.query && found) return
    this.#element.dataset.query = query
    if (query.length < 2) {
      found?.replaceChildren()
      this.#say(query ? this.#words.short : '')
      return
    }
    const {pages, all, similar} = this.#finder.find(query)
    const list = make('ol', '', ...pages.slice(0, MOST_PAGES).map(page => this.#page(page)))
    list.setAttribute('role', 'list') // some readers drop a list without marks
    found?.replaceChildren(...(pages.length ? [list] : [make('p', 'help', this.#words.none_help)]))
    found?.parentElement?.scrollTo(0, 0)
    this.#say(...this.#told(query, pages.length, all, similar))
  }

  /** @param {string} query @param {number} count @param {boolean} all @param {string} similar */
  #told(query, count, all, similar) {
    if (!count) return [this.#fill('none', {query})]
    const name = !all ? 'some' : count > MOST_PAGES ? 'most' : count === 1 ? 'one' : 'other'
    const said = [this.#fill(name, {count, most: MOST_PAGES})]
    if (similar) said.push(this.#fill('similar', {word: similar}))
    return said
  }

  /** @param {...string} sentences */
  #say(...sentences) {
    const said = this.#element.querySelector('.said')
    if (said) said.textContent = sentences.join(' ')
  }

  /** @param {string} name @param {Record<string, string | number>} values */
  #fill(name, values) {
    return this.#words[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key]))
  }

  /** @param {FoundPage} page */
  #page({title, url, terms, sections}) {
    const isFound = this.#test(terms)
    const item = make('li', '', this.#link(url, title, isFound, 'page'))
    const lead = sections.find(part => !part.anchor)
    if (lead) item.append(...this.#excerpt(lead, isFound))
    const parts = sections.filter(part => part.anchor).slice(0, MOST_SECTIONS)
    if (!parts.length) return item
    const list = make('ul', '', ...parts.map(part => {
      const isHere = this.#test(part.terms)
      const link = this.#link(`${url}#${encodeURIComponent(part.anchor)}`, part.heading, isHere, 'part')
      return make('li', '', link, ...this.#excerpt(part, isHere))
    }))
    list.setAttribute('role', 'list')
    item.append(list)
    return item
  }

  /** Words in another language are shown where nothing was found in the page's own. @param {FoundSection} part @param {(word: string) => boolean} isFound */
  #excerpt({heading, text, other}, isFound) {
    const foreign = !text || (split(other).some(isFound) && !split(`${heading} ${text}`).some(isFound))
    const shown = foreign ? [text, other].filter(Boolean).join(' · ') : text
    return shown ? [make('p', 'excerpt', ...marked(excerpt(shown, isFound), isFound))] : []
  }

  /** @param {string} url @param {string} words @param {(word: string) => boolean} isFound @param {string} className */
  #link(url, words, isFound, className) {
    const link = make('a', className, ...marked(words, isFound))
    link.href = (this.#element.dataset.root ?? '') + url
    return link
  }

  /** @param {Set<string>} terms */
  #test(terms) {
    return (/** @type {string} */ word) => terms.has(fold(word)) || terms.has(this.#stems.of(word))
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, className, ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children)
  return element
}

/** @type {SearchEngine} */
const engine = async (element, index) => {
  const finder = new Finder(index, element.dataset.locale ?? 'en')
  await finder.make()
  new Search(element, finder)
}
document.dispatchEvent(new CustomEvent('greensupply:search-engine', {detail: engine}))

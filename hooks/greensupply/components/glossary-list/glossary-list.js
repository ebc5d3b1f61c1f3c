// @ts-check
/** Words without accents, capitals and signs: `Gestión` is `gestion`, `CO₂e` is `co2e`. @param {string} text */
export function folded(text) {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe')
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

/** Does a word begin one of the names? A longer one may also stand inside. @param {string} names @param {string} word */
export function fits(names, word) {
  return word.length < 4 ? ` ${names}`.includes(` ${word}`) : names.includes(word)
}

/** The glossary, filtered as one types. Without script: all of it, with letters to jump to. */
export class GlossaryList extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {{entry: HTMLElement, names: string}[]} */
  #entries = []

  connectedCallback() { // may run again: an element can be moved
    this.#listening = new AbortController()
    const {signal} = this.#listening
    const all = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.entry')])
    this.#entries = all.map(entry => ({entry, names: folded([...entry.querySelectorAll('dt, .said')].map(it => it.textContent).join(' '))}))
    this.#part('.find').hidden = false
    this.#field.addEventListener('input', () => this.#filter(), {signal})
    addEventListener('hashchange', () => this.#show(), {signal})
    this.#filter()
  }

  disconnectedCallback() { this.#listening?.abort() }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  get #field() { return /** @type {HTMLInputElement} */ (this.querySelector('input')) }

  #filter() {
    const wanted = folded(this.#field.value).split(' ').filter(Boolean)
    let count = 0
    for (const {entry, names} of this.#entries) {
      entry.hidden = !wanted.every(word => fits(names, word))
      if (!entry.hidden) count += 1
    }
    for (const letter of this.querySelectorAll('.letter')) {
      if (letter instanceof HTMLElement) letter.hidden = !letter.querySelector('.entry:not([hidden])')
    }
    this.#part('.letters').hidden = wanted.length > 0
    this.#part('.found').textContent = wanted.length ? this.#said(count) : ''
  }

  /** @param {number} count */
  #said(count) {
    const words = JSON.parse(this.dataset.words ?? '{}')
    const text = words[count === 0 ? 'found_none' : count === 1 ? 'found_one' : 'found_many']
    return text.replace('{count}', String(count))
  }

  /** A link to an entry that the filter hides takes the filter away. */
  #show() {
    const goal = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!goal || !this.contains(goal) || !goal.closest('[hidden]')) return
    this.#field.value = ''
    this.#filter()
    goal.scrollIntoView()
  }
}

customElements.get('glossary-list') ?? customElements.define('glossary-list', GlossaryList)

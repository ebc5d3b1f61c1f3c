// @ts-check
/** The tools library, filtered by what one chooses. Without script: all of it, with its kinds to jump to. */
export class ToolList extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening

  connectedCallback() { // may run again: an element can be moved
    this.#listening = new AbortController()
    const {signal} = this.#listening
    const filters = this.#part('.filters')
    filters.hidden = false
    filters.addEventListener('change', () => this.#filter(), {signal})
    this.#part('.reset').addEventListener('click', () => this.#reset(), {signal})
    addEventListener('hashchange', () => this.#show(), {signal})
    this.#filter() // a browser may have kept what was chosen
    this.#show()
  }

  disconnectedCallback() { this.#listening?.abort() }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {string} selector */
  #all(selector) { return /** @type {HTMLElement[]} */ ([...this.querySelectorAll(selector)]) }

  get #choices() { return /** @type {HTMLSelectElement[]} */ (this.#all('select')) }

  #filter() {
    const chosen = this.#choices.filter(it => it.value)
    const tools = this.#all('.tool')
    for (const tool of tools) {
      tool.hidden = !chosen.every(it => (tool.dataset[it.name] ?? '').split(' ').includes(it.value))
    }
    for (const group of this.#all('.group')) group.hidden = !group.querySelector('.tool:not([hidden])')
    this.#part('.kinds').hidden = chosen.length > 0
    this.#part('.reset').hidden = chosen.length === 0
    const count = tools.filter(it => !it.hidden).length
    this.#part('.found').textContent = chosen.length ? this.#said(count, tools.length) : ''
  }

  /** @param {number} count @param {number} total */
  #said(count, total) {
    const words = JSON.parse(this.dataset.words ?? '{}')
    return (count ? words.found : words.found_none).replace('{count}', String(count)).replace('{total}', String(total))
  }

  #reset() {
    for (const it of this.#choices) it.value = ''
    this.#filter()
    this.#choices[0]?.focus() // the button is gone
  }

  /** A link to a tool that the filter hides takes the filter away. */
  #show() {
    const goal = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!goal || !this.contains(goal) || !goal.closest('[hidden]')) return
    for (const it of this.#choices) it.value = ''
    this.#filter()
    goal.scrollIntoView()
  }
}

customElements.get('tool-list') ?? customElements.define('tool-list', ToolList)

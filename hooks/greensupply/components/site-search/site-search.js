// @ts-check
/** The search's dialog. It opens, closes, and fetches what searches when it is first opened; until then a page carries
 * nothing of the search but this. Without script its button is not shown.
 */
export class SiteSearch extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** What the fetched scripts have handed over. @type {{engine?: SearchEngine, index?: SearchIndex}} */
  #given = {}
  /** Files on their way or here, by address. @type {Map<string, Promise<void>>} */
  #files = new Map()

  connectedCallback() { // may run again: an element can be moved
    this.#listening = new AbortController()
    const {signal} = this.#listening
    document.addEventListener('greensupply:search-engine', event => { if (event instanceof CustomEvent) this.#given.engine = event.detail }, {signal})
    document.addEventListener('greensupply:search-index', event => { if (event instanceof CustomEvent) this.#given.index = event.detail }, {signal})
    document.addEventListener('click', ({target}) => {
      if (target instanceof Element && target.closest('.gs-search-button')) this.open()
    }, {signal})
    addEventListener('keydown', event => {
      if (event.key?.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      this.open()
    }, {signal})
    addEventListener('online', () => { if (this.#dialog.open) void this.#fetch() }, {signal})
    this.addEventListener('click', event => this.#press(event), {signal})
    this.addEventListener('submit', event => event.preventDefault(), {signal})
    this.#dialog.addEventListener('close', () => this.#tell(), {signal})
  }

  disconnectedCallback() { this.#listening?.abort() }

  get #dialog() { return /** @type {HTMLDialogElement} */ (this.querySelector('dialog')) }

  open() {
    if (!this.#dialog.open) this.#dialog.showModal()
    this.#tell()
    const input = this.querySelector('input')
    input?.focus()
    input?.select()
    void this.#fetch()
  }

  /** The button says whether the dialog is open, where it has a say in it. */
  #tell() {
    for (const button of document.querySelectorAll('.gs-search-button[aria-expanded]')) {
      button.setAttribute('aria-expanded', String(this.#dialog.open))
    }
  }

  /** @param {Event} event */
  #press({target}) {
    if (!(target instanceof Element)) return
    const task = target.closest('button')?.dataset.do
    if (task === 'retry') {
      this.querySelector('input')?.focus()
      void this.#fetch()
    } else if (task === 'close' || target === this.#dialog || target.closest('a')) this.#dialog.close()
  }

  async #fetch() {
    const {state, script = '', style = ''} = this.dataset
    if (state === 'loading' || state === 'ready') return
    this.#show('loading')
    try {
      await Promise.all([this.#file(script), this.#index(), this.#file(style).catch(() => {})]) // plain is better than none
      const {engine, index: words} = this.#given
      if (!engine || !words) throw new Error('nothing handed over')
      await engine(this, words)
      this.dataset.state = 'ready'
    } catch {
      this.#show('failed')
    }
  }

  /** @param {'loading' | 'failed'} state */
  #show(state) {
    this.dataset.state = state
    this.querySelector('.retry')?.toggleAttribute('hidden', state === 'loading')
    const said = this.querySelector('.said')
    if (said) said.textContent = JSON.parse(this.dataset.words ?? '{}')[state]
  }

  /** Fetch the words as they are now. The page does not name their version: else each change of a word would change
   * every page. A service worker knows which words belong to the page, and a disk has but one. */
  async #index() {
    const {index = '', locale = '', versions} = this.dataset
    const known = !versions || !location.protocol.startsWith('http') || navigator.serviceWorker?.controller
    const now = known ? {} : await fetch(versions, {cache: 'no-cache'}).then(answer => answer.json()).catch(() => ({}))
    return this.#file(now[locale] ? `${index}?${now[locale]}` : index)
  }

  /** Fetch a script or style by an element: a page opened from a disk may do so too. @param {string} address */
  #file(address) {
    const known = this.#files.get(address)
    if (known) return known
    const style = address === this.dataset.style
    const element = style
      ? Object.assign(document.createElement('link'), {rel: 'stylesheet', href: address})
      : Object.assign(document.createElement('script'), {src: address})
    const coming = new Promise((resolve, reject) => {
      element.onload = () => resolve(undefined)
      element.onerror = () => {
        element.remove()
        this.#files.delete(address)
        reject(new Error(address))
      }
    })
    this.#files.set(address, coming)
    document.head.append(element)
    return coming
  }
}

customElements.get('site-search') ?? customElements.define('site-search', SiteSearch)

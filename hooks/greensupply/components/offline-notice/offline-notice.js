// @ts-check
/** Has the language of the page kept on the device, and says how it stands. Without a worker it says nothing. */

/** @typedef {{locale: string, state: string, fresh?: string, done?: number, total?: number}} News */

const SAID = 'greensupply.offline-said'

export class OfflineNotice extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Record<string, string>} */
  #words = {}
  /** @type {News | undefined} what the worker said last */
  #last

  connectedCallback() {
    const {worker, words = '{}'} = this.dataset
    const {serviceWorker} = navigator
    if (!worker || !serviceWorker || !location.protocol.startsWith('http')) return
    const footer = document.querySelector('footer')
    if (footer && !footer.contains(this)) {
      footer.append(this) // which calls this again
      return
    }
    this.#words = JSON.parse(words)
    this.#listening = new AbortController()
    const {signal} = this.#listening
    serviceWorker.addEventListener('message', ({data}) => this.#hear(data), {signal})
    serviceWorker.startMessages()
    for (const event of ['online', 'offline']) addEventListener(event, () => this.#ask(), {signal})
    this.addEventListener('click', event => this.#press(event), {signal})
    // a first visit has the line for itself until it is loaded
    if (document.readyState === 'complete') this.#ask()
    else addEventListener('load', () => this.#ask(), {signal})
  }

  disconnectedCallback() { this.#listening?.abort() }

  /** Have it kept, or only have it said how that stands. */
  async #ask(again = false) {
    const {serviceWorker} = navigator
    try {
      await serviceWorker.register(this.dataset.worker ?? '', {updateViaCache: 'none'})
    } catch { /* offline: the one that is there goes on */ }
    const {active} = await serviceWorker.ready
    active?.postMessage({keep: this.dataset.locale, again})
  }

  /** @param {News & {greensupply?: string}} news */
  #hear(news) {
    if (news?.greensupply !== 'offline' || news.locale !== this.dataset.locale) return
    this.#last = news
    this.dataset.state = news.state
    const words = [navigator.onLine ? '' : this.#words.now, this.#words[news.state]].join(' ').trim()
    this.#part('.state').textContent = words.replace('{done}', String(news.done)).replace('{total}', String(news.total))
    if (!navigator.onLine) this.#lost(news.state === 'kept' ? 'offline_kept' : 'offline')
    else {
      remember(false)
      if (news.fresh || this.dataset.news?.startsWith('offline')) this.#say(news.fresh ?? '')
    }
  }

  /** Said when the network goes, and not again on every page. @param {string} news */
  #lost(news) { if (remember(true)) this.#say(news) }

  /** @param {string} news */
  #say(news) {
    this.dataset.news = news
    for (const part of ['[role=status]', '.news > p']) this.#part(part).textContent = this.#words[`news_${news}`] ?? ''
  }

  /** @param {Event} event */
  #press({target}) {
    const {className = ''} = target instanceof Element && target.closest('button') || {}
    if (className.includes('again')) this.#ask(true)
    if (className.includes('reload')) location.reload()
    if (!className.includes('close')) return
    this.#say('')
    this.#part('summary').focus()
  }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }
}

/** Whether the loss was said in this tab. @param {boolean} lost @returns {boolean} true if that is new */
function remember(lost) {
  try {
    const known = sessionStorage.getItem(SAID) !== null
    if (lost) sessionStorage.setItem(SAID, '1')
    else sessionStorage.removeItem(SAID)
    return known !== lost
  } catch {
    return true
  }
}

customElements.get('offline-notice') ?? customElements.define('offline-notice', OfflineNotice)

// @ts-check
/** Presents the module. All of it is fetched when its button is first pressed; until then a page carries only this. */
export class ModulePresenter extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening

  connectedCallback() { // may run again: an element can be moved
    this.#listening = new AbortController()
    document.addEventListener('click', ({target}) => {
      if (target instanceof Element && target.closest('.gs-present-button')) void this.#open()
    }, {signal: this.#listening.signal})
  }

  disconnectedCallback() { this.#listening?.abort() }

  async #open() {
    const {state, script = '', style = '', failed = ''} = this.dataset
    const said = document.querySelector('.gs-present [role="status"]')
    if (state === 'loading') return
    this.dataset.state = 'loading'
    try {
      if (state !== 'ready') await Promise.all([this.#file('script', {src: script}), this.#file('link', {rel: 'stylesheet', href: style})])
      if (said) said.textContent = ''
      this.dataset.state = 'ready'
      this.dispatchEvent(new CustomEvent('greensupply:present'))
    } catch {
      this.dataset.state = 'failed'
      if (said) said.textContent = failed
    }
  }

  /** By an element: a page opened from a disk may do so too. @param {'script' | 'link'} tag @param {object} values */
  #file(tag, values) {
    return new Promise((resolve, reject) => {
      const element = document.createElement(tag)
      element.onload = resolve
      element.onerror = () => {
        element.remove()
        reject(new Error(tag))
      }
      document.head.append(Object.assign(element, values))
    })
  }
}

customElements.get('module-presenter') ?? customElements.define('module-presenter', ModulePresenter)

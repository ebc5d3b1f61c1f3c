// @ts-check
import {learned} from '../shared/learning.js'
import {follow} from './place.js'

/** Where a learner stands with a module, in a word and a sign; in a navigation only once it is begun. */
export class LearningStatus extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening

  connectedCallback() { // may run again: an element can be moved
    this.#listening = new AbortController()
    const {signal} = this.#listening
    const again = () => this.#show()
    for (const event of ['storage', 'pageshow']) addEventListener(event, again, {signal})
    document.addEventListener('greensupply:progress', again, {signal})
    again()
  }

  disconnectedCallback() { this.#listening?.abort() }

  #show() {
    const {module = '', revision} = this.dataset
    const {state} = learned(module, Number(revision))
    const text = state === 'new' && this.closest('nav') ? '' : words()[state] ?? ''
    this.dataset.state = state
    if (this.textContent !== text) this.textContent = text
  }
}

/** @returns {Record<string, string>} those that the page has for all elements of this kind */
function words() {
  try { return JSON.parse(document.getElementById('gs-words')?.textContent ?? '')['learning-status'] ?? {} } catch { return {} }
}

customElements.get('learning-status') ?? customElements.define('learning-status', LearningStatus)
follow()

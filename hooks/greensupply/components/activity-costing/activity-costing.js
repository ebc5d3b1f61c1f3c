// @ts-check
import {languageOf, say} from '../shared/page.js'
import {Sheet} from '../shared/sheet.js'
import {sum} from './arithmetic.js'
import {checkShare, showCosting} from './costing-panel.js'
import {centre, costing, project} from './entries.js'
import {showLoss} from './loss-panel.js'
import {showProjectValue} from './project-panel.js'
import {View} from './view.js'

const TAG = 'activity-costing'
const ROWS = [
  {name: 'activity', least: 1, most: 8},
  {name: 'resource', least: 1, most: 8},
  {name: 'product', least: 0, most: 6},
  {name: 'visible', least: 1, most: 8},
  {name: 'hidden', least: 0, most: 8},
]

/** The costing calculator. Without script: what it does, and its formulas. */
export class ActivityCosting extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Sheet | undefined} */
  #sheet
  #wrong = 0
  #told = 0

  connectedCallback() { // may run again: an element can be moved
    const {words: written = '{}', example = '{}', plant = '{}'} = this.dataset
    /** @type {Record<string, string>} */
    const words = JSON.parse(written)
    const rows = ROWS.map(kind => ({...kind, template: `#${TAG}-${kind.name}`}))
    const sheet = new Sheet(this, {kind: TAG, version: 1, locale: languageOf(this), words, rows})
    const view = new View(this, words)
    this.#sheet = sheet
    this.#listening = new AbortController()
    const {signal} = this.#listening
    for (const part of this.querySelectorAll('.board, .plain')) part.toggleAttribute('hidden', part.matches('.plain'))
    let finished = false
    this.addEventListener('change', () => { finished = true }, {signal}) // shown in the next frame, and told then
    sheet.addEventListener('change', () => {
      this.#show(sheet, view)
      if (finished) this.#tell(words)
      finished = false
    }, {signal})
    sheet.start(JSON.parse(example), {plant: JSON.parse(plant)})
    this.#told = this.#wrong
  }

  disconnectedCallback() {
    this.#sheet?.stop()
    this.#listening?.abort()
  }

  /** @param {Sheet} sheet @param {View} view */
  #show(sheet, view) {
    const money = sheet.choice('currency')
    const given = costing(sheet, (name, values) => view.say(name, values))
    const {second, wrong} = showCosting(view, given, money)
    this.#showShares(sheet, view)
    given.drivers.forEach(({uses, capacity, avoided}, place) => {
      const used = sum(uses)
      const short = typeof capacity === 'number' && used !== null && used > capacity
      sheet.problem(`activity.${place}.capacity`, short ? view.say('capacity_low', {total: view.plain(used)}) : null)
      const total = second.quantities[place]
      const beyond = avoided !== null && total !== null && avoided > total
      sheet.problem(`activity.${place}.avoided`, beyond ? view.say('avoided_high', {total: view.plain(total)}) : null)
    })
    const names = {material: sheet.text('mfca.material'), operating: sheet.text('mfca.operating_name')}
    const open = showLoss(view, centre(sheet), names, money, view.say(`symbol_${sheet.choice('mfca.mass')}`))
    const plan = project(sheet)
    sheet.problem('tca.years', plan.whole ? null : view.say('years_whole'))
    showProjectValue(view, plan, money)
    this.#wrong = wrong + Number(open)
  }

  /** Beside the shares of a resource, whether they add up. @param {Sheet} sheet @param {View} view */
  #showShares(sheet, view) {
    for (let place = 0; place < sheet.count('resource'); place++) {
      const line = this.querySelector(`[data-check="share.${place}"]`)
      const names = [...Array(sheet.count('activity')).keys()].map(each => `resource.${place}.share.${each}`)
      const shares = names.map(name => sheet.value(name, 0))
      const resource = sheet.text(`resource.${place}.name`) || view.say('resource', {number: place + 1})
      const check = checkShare(view, resource, shares)
      check.hidden = names.every(name => sheet.text(name) === '')
      check.dataset.check = `share.${place}`
      line?.replaceWith(check)
    }
  }

  /** Say when an entry that is finished made checks hold or fail. @param {Record<string, string>} words */
  #tell(words) {
    if (this.#wrong === this.#told) return
    this.#told = this.#wrong
    const heard = this.querySelector('.heard')
    if (heard) heard.textContent = say({words}, this.#wrong ? 'wrong_some' : 'wrong_none', {count: this.#wrong})
  }
}

customElements.get(TAG) ?? customElements.define(TAG, ActivityCosting)

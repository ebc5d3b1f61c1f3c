// @ts-check
import {bars} from '../shared/bars.js'
import {hush, languageOf, make} from '../shared/page.js'
import {Sheet} from '../shared/sheet.js'
import {GAS, GRIDS, carbon, costs, saving, state} from './arithmetic.js'
import {boxesIn, finishedIn, gridIn, inOtherUnits, lineIn, plansAhead, pricesIn, problemsOf, unitsIn} from './entries.js'
import {Figures} from './figures.js'
import {drawMap} from './map.js'
import {picture, spoken} from './picture.js'
import {carbonLines, carbonTable, costLines, costTable, flowsOf, nameOf, paceTable, savingLines, savingTable} from './results.js'
import {unitOf} from './units.js'

/** A value stream map with environmental data boxes. Without script: a sheet to print and fill in by hand. */
export class StreamMap extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Sheet | undefined} */
  #sheet
  /** @type {Figures | undefined} */
  #writing
  /** Units of the figures that stand in the fields. @type {Record<string, string>} */
  #units = {}
  /** While the learner types, the summary waits. */
  #typing = false

  connectedCallback() { // may run again: an element can be moved
    const {words: said = '{}', example = '{}'} = this.dataset
    const words = JSON.parse(said)
    const locale = languageOf(this)
    this.#writing = new Figures(locale, words)
    this.#part('.plain').hidden = true
    this.#part('.board').hidden = false
    this.#nameGrids()
    const rows = [{name: 'process', template: '#stream-map-box', least: 1, most: 8}]
    this.#sheet = new Sheet(this, {kind: 'stream-map', version: 1, locale, words, rows})
    this.#listening = new AbortController()
    const {signal} = this.#listening
    this.#sheet.addEventListener('change', () => this.#update(), {signal})
    this.addEventListener('change', event => this.#convert(event), {signal})
    this.addEventListener('input', () => { this.#typing = true }, {signal})
    for (const done of ['change', 'focusout', 'click']) this.addEventListener(done, () => { this.#typing = false }, {signal})
    addEventListener('beforeprint', () => this.#unfold(), {signal})
    hush(this.#part('.summary'))
    this.#sheet.start(JSON.parse(example))
    this.querySelectorAll('details.box').forEach((box, place) => box.toggleAttribute('open', place === 0))
  }

  disconnectedCallback() {
    this.#listening?.abort()
    this.#sheet?.stop()
  }

  get #form() { return /** @type {Sheet} */ (this.#sheet) }
  get #figures() { return /** @type {Figures} */ (this.#writing) }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {string} name @param {...(Node | string)} content */
  #show(name, ...content) { this.#part(`[data-show="${name}"]`).replaceChildren(...content) }

  #nameGrids() {
    for (const option of this.querySelectorAll('option[data-said]')) {
      const factor = this.#figures.exact(GRIDS[option.getAttribute('value') ?? ''])
      option.textContent = this.#figures.say(option.getAttribute('data-said') ?? '', {factor})
    }
  }

  /** Another unit: the figures stay what they are. @param {Event} event */
  #convert({target}) {
    if (!(target instanceof HTMLSelectElement) || !target.dataset.field?.startsWith('unit_')) return
    const after = unitsIn(this.#form)
    const changed = inOtherUnits(this.#form, this.#units, after)
    this.#units = after
    this.#form.fill({...this.#form.entries(), ...changed})
  }

  /** On paper every data box is open. */
  #unfold() {
    const folded = [...this.querySelectorAll('details.box:not([open])')]
    for (const box of folded) box.setAttribute('open', '')
    addEventListener('afterprint', () => { for (const box of folded) box.removeAttribute('open') }, {once: true})
  }

  #update() {
    const [sheet, figures] = [this.#form, this.#figures]
    this.#units = unitsIn(sheet)
    const currency = sheet.choice('currency')
    this.#nameUnits(currency)
    for (const problem of this.querySelectorAll('details.box:not([open]) .problem')) problem.closest('details')?.setAttribute('open', '')
    const line = lineIn(sheet)
    const problems = problemsOf(line)
    for (const [field, problem] of Object.entries(problems)) sheet.problem(field, problem && this.#told(problem))
    if (problems.hours || problems.breaks) line.hours = NaN
    const ahead = plansAhead(sheet)
    const boxes = boxesIn(sheet, false)
    const later = boxesIn(sheet, true)
    const now = state(line, boxes, finishedIn(sheet, false))
    const future = ahead ? state(line, later, finishedIn(sheet, true)) : null
    this.#part('.found').hidden = !boxes.length
    const news = boxes.length ? this.#showAll({line, now, future, boxes, later, currency}) : figures.say('nothing')
    const known = !boxes.length || ![news, this.#part('.found').textContent].join(' ').includes('–')
    this.#part('.unusable').hidden = known
    this.#part('.unusable').textContent = figures.say('unusable', {dash: '–'})
    if (!this.#typing && this.#part('.summary').textContent !== news) this.#part('.summary').textContent = news
  }

  /** @param {{name: string, values: Record<string, number>}} problem */
  #told({name, values}) {
    return this.#figures.say(name, Object.fromEntries(Object.entries(values).map(([value, figure]) => [value, this.#figures.exact(figure)])))
  }

  /** Symbols of units and currency beside the fields; a field takes its own behind a number. @param {string} currency */
  #nameUnits(currency) {
    /** @param {Element} element @param {string} attribute */
    const measure = (element, attribute) => {
      const [flow, part] = (element.getAttribute(attribute) ?? '').split('.')
      return unitOf(/** @type {Stream} */ (flow), this.#units)[/** @type {keyof Unit} */ (part)][1]
    }
    for (const place of this.querySelectorAll('[data-symbol]')) {
      const [symbol, kind] = [measure(place, 'data-symbol'), place.getAttribute('data-symbol')?.endsWith('price') ? 'per' : 'symbol']
      place.textContent = this.#figures.say(`${kind}_${symbol}`)
    }
    for (const field of this.querySelectorAll('[data-of]')) field.setAttribute('data-unit', this.#figures.say(`symbol_${measure(field, 'data-of')}`))
    for (const place of this.querySelectorAll('[data-coin]')) place.textContent = this.#figures.say(`coin_${currency}`)
  }

  /**
   * Everything that follows from the figures; returns it in short.
   * @param {{line: Line, now: State, future: State | null, boxes: Box[], later: Box[], currency: string}} about
   */
  #showAll({line, now, future, boxes, later, currency}) {
    const [sheet, figures, units] = [this.#form, this.#figures, this.#units]
    const prices = pricesIn(sheet)
    const cost = costs(now, prices)
    const then = future && costs(future, prices)
    const saved = then && saving(cost, then)
    const flows = flowsOf(cost, now, future ?? now)
    this.#show('pace', paceTable(figures, {line, now, boxes, future, later}))
    this.#showMaps({now, future, boxes, later})
    const about = {state: now, costs: cost, flows, units, currency, prices}
    this.#show('cost', costTable(figures, about))
    const unpriced = [...new Set([...cost.unpriced, ...(then?.unpriced ?? [])])].map(flow => nameOf(figures, flow))
    this.#show('unpriced', unpriced.length ? figures.say('unpriced', {flows: figures.list(unpriced)}) : '')
    this.#show('saving', ...(future && then && saved ? [savingTable(figures, {now: cost, then, saved, flows, currency})] : []))
    this.#part('[data-show="saving-how"]').hidden = !future
    const lines = future && saved ? [make('p', 'head', figures.say('saving')), workings(savingLines(figures, {now, future, saved, flows, units, currency, prices}))] : []
    this.#show('lines', make('p', 'head', figures.say('cost', {coin: figures.say(`coin_${currency}`)})), workings(costLines(figures, about)), ...lines)
    this.#showChart(flows, cost, then, currency)
    this.#showCarbon(now, future)
    return this.#summary({now, cost, saved, flows, currency})
  }

  /** @param {{now: State, future: State | null, boxes: Box[], later: Box[]}} about */
  #showMaps({now, future, boxes, later}) {
    const [sheet, figures] = [this.#form, this.#figures]
    const about = {units: this.#units, product: sheet.text('product'), process: figures.say('process')}
    const drawing = picture(figures, {...about, state: now, boxes, finished: finishedIn(sheet, false), before: null})
    const drawings = [drawing]
    if (future) drawings.push(picture(figures, {...about, state: future, boxes: later, finished: finishedIn(sheet, true), before: boxes}))
    const places = [this.#part('[data-map="now"]'), this.#part('[data-map="future"]')]
    places.forEach((place, index) => {
      place.hidden = !drawings[index]
      if (!drawings[index]) return
      if (!place.firstElementChild) place.append(make('figcaption'))
      const caption = place.querySelector('figcaption')
      if (caption) caption.textContent = drawings[index].title
      drawMap(place, drawings[index])
    })
    this.#show('words', ...drawings.flatMap(({title, steps, finished, boxes: ends}) => [
      make('p', 'head', title),
      make('ol', '', ...[...steps.map(step => spoken(figures, step)), finished].map(text => make('li', '', text))),
      ...ends.map(({head, text}) => make('p', '', figures.say('map_process_bare', {name: head, facts: text}))),
    ]))
  }

  /** @param {Stream[]} flows @param {Costs} now @param {Costs | null} then @param {string} currency */
  #showChart(flows, now, then, currency) {
    const figures = this.#figures
    const known = flows.filter(flow => [now, then ?? now].every(({each}) => Number.isFinite(each[flow])))
    const states = /** @type {[string, Costs][]} */ (then ? [['now', now], ['future', then]] : [['now', now]])
    const rows = known.map(flow => ({
      label: nameOf(figures, flow),
      parts: states.map(([kind, {each}]) => {
        const cost = figures.fixed(each[flow], 0)
        return {value: each[flow], kind, text: then ? figures.say('chart_text', {state: figures.say(kind), cost}) : cost}
      }),
    }))
    const figure = this.#part('.chart')
    figure.hidden = !rows.length
    const title = figures.say(then ? 'chart_both' : 'chart', {coin: figures.say(`coin_${currency}`)})
    if (!figure.firstElementChild) figure.append(make('figcaption'))
    const caption = figure.querySelector('figcaption')
    if (caption) caption.textContent = title
    if (rows.length) bars(figure, rows, {title, layout: 'grouped', kinds: ['now', 'future']})
  }

  /** @param {State} now @param {State | null} future */
  #showCarbon(now, future) {
    const figures = this.#figures
    const {grid, factor, source} = gridIn(this.#form)
    this.#part('.own').hidden = grid !== 'own'
    /** @param {State} state */
    const gases = ({flows}) => carbon(flows.electricity.year, factor, flows.gas.year, GAS)
    const [emitted, then] = [gases(now), future && gases(future)]
    this.#show('carbon', carbonTable(figures, emitted, then))
    this.#show('carbon-lines', workings(carbonLines(figures, {state: now, factor, carbon: emitted, units: this.#units})))
    const own = source ? figures.say('factor_own', {factor: figures.exact(factor), source}) : figures.say('factor_unknown')
    const cited = grid === 'own' ? own : figures.say('factor_cited', {grid: figures.say(`grid_${grid}`, {factor: figures.exact(factor)}), source: figures.say(`source_${grid}`)})
    this.#show('source', cited)
    this.#part('#stream-map-source').textContent = grid === 'own' ? '' : cited
    this.#show('source-gas', emitted.gas || then?.gas ? figures.say('source_gas', {factor: figures.exact(GAS)}) : '')
  }

  /** @param {{now: State, cost: Costs, saved: {total: number, share: number} | null, flows: Stream[], currency: string}} about */
  #summary({now, cost, saved, flows, currency}) {
    const figures = this.#figures
    const words = [figures.say('summary_pace', {takt: figures.seconds(now.takt), lead: figures.count('days', now.lead), ratio: figures.percent(now.ratio)})]
    const [largest] = flows
    if (largest && cost.total > 0) {
      const values = {total: figures.money(cost.total, currency), part: figures.money(cost.part, currency, 4)}
      words.push(figures.say('summary_cost', {...values, flow: figures.say(largest), share: figures.percent(cost.shares[largest])}))
      if (saved && saved.total >= 0) words.push(figures.say('summary_saving', {saving: figures.money(saved.total, currency), share: figures.percent(saved.share)}))
      if (saved && saved.total < 0) words.push(figures.say('summary_loss', {loss: figures.money(-saved.total, currency)}))
    }
    return words.join(' ')
  }
}

/** @param {string[]} lines */
function workings(lines) { return make('ul', 'workings', ...lines.map(line => make('li', '', line))) }

customElements.get('stream-map') ?? customElements.define('stream-map', StreamMap)

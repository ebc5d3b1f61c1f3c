// @ts-check
import {hush, languageOf, make} from '../shared/page.js'
import {give} from '../shared/sheet-parts.js'
import {Sheet} from '../shared/sheet.js'
import {CRITERIA, HIGHEST, assess, rank, weigh} from './arithmetic.js'
import {scores} from './chart.js'
import {csv} from './csv.js'
import {Wording} from './wording.js'

/** @typedef {import('./wording.js').Aspect} Aspect */
/** @typedef {Aspect & {place: number | null}} Ranked */

const MOST = 30
const LIFT = /** @type {const} */ (['reason', 'date', 'name'])

/** A register of environmental aspects with weighted scores. Without script: the worked example as a table. */
export class AspectRegister extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Sheet | undefined} */
  #sheet
  #wording = new Wording({}, 'en')
  /** @type {WeakSet<Element>} rows that were opened or closed once */
  #met = new WeakSet()
  #weights = weigh([])
  /** @type {number | null} */
  #limit = null
  /** @type {Aspect[]} */
  #aspects = []

  connectedCallback() { // may run again: an element can be moved
    const words = JSON.parse(this.dataset.words ?? '{}')
    const locale = languageOf(this)
    this.#wording = new Wording(words, locale)
    this.#listening = new AbortController()
    const {signal} = this.#listening
    this.#part('.plain').hidden = true
    this.#part('.board').hidden = false
    const rows = [{name: 'aspect', template: '#aspect-register-aspect', least: 1, most: MOST}]
    this.#sheet = new Sheet(this, {kind: 'aspect-register', version: 1, locale, words, rows})
    for (const region of this.querySelectorAll('[role="status"]')) if (region instanceof HTMLElement) hush(region)
    this.#sheet.addEventListener('change', () => this.#update(), {signal})
    this.#sheet.start(JSON.parse(this.dataset.example ?? '{}'))
    this.addEventListener('click', event => this.#press(event), {signal})
  }

  disconnectedCallback() {
    this.#sheet?.stop()
    this.#listening?.abort()
  }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {Event} event */
  #press({target}) {
    if (target instanceof Element && target.closest('[data-do="csv"]')) this.#export()
  }

  #update() {
    const sheet = /** @type {Sheet} */ (this.#sheet)
    this.#weights = weigh(CRITERIA.map(letter => sheet.value(`weight.${letter}`)))
    this.#limit = sheet.value('limit')
    this.#aspects = Array.from({length: sheet.count('aspect')}, (_, index) => this.#read(sheet, index))
    this.#fold()
    this.#showCriteria()
    this.#aspects.forEach((aspect, index) => this.#showAspect(sheet, aspect, index))
    this.#showRanking()
  }

  /** @param {Sheet} sheet @param {number} index @returns {Aspect} */
  #read(sheet, index) {
    const at = `aspect.${index}`
    const [reason, date, name] = LIFT.map(field => sheet.text(`${at}.${field}`))
    const chosen = sheet.choice(`${at}.override`) === 'yes'
    const override = {chosen, counts: chosen && Boolean(reason && date && name), reason, date, name}
    const given = CRITERIA.map(letter => Number(sheet.choice(`${at}.${letter}`)) || null)
    return {
      activity: sheet.text(`${at}.activity`),
      aspect: sheet.text(`${at}.aspect`) || this.#wording.say('aspect_unnamed', {number: index + 1}),
      impact: sheet.text(`${at}.impact`),
      condition: this.#wording.say(`condition_${sheet.choice(`${at}.condition`)}`),
      scores: given,
      override,
      verdict: assess(given, override.counts, this.#weights.shares, this.#limit),
    }
  }

  /** The aspects in the order of their scores. @returns {Ranked[]} */
  get #ranked() {
    return rank(this.#aspects.map(({verdict}) => verdict.score)).map(({index, place}) => ({...this.#aspects[index], place}))
  }

  /** A row that is new is closed, unless it is the first or the learner is in it. */
  #fold() {
    this.querySelectorAll('details.aspect').forEach((row, index) => {
      if (!this.#met.has(row) && index) row.toggleAttribute('open', row.contains(document.activeElement))
      this.#met.add(row)
    })
  }

  #showCriteria() {
    const sum = this.#part('#aspect-register-sum')
    sum.className = this.#weights.state === 'sound' ? 'sum' : 'sum problem'
    put(sum, this.#wording.weights(this.#weights))
    put(this.#part('.formula'), this.#wording.formula(this.#weights.shares))
    put(this.#part('.rule'), this.#wording.rule(this.#limit))
  }

  /** @param {Sheet} sheet @param {Aspect} aspect @param {number} index */
  #showAspect(sheet, aspect, index) {
    const row = `[data-row="aspect.${index}"]`
    const standing = this.#part(`${row} .standing`)
    standing.dataset.significant = String(aspect.verdict.significant)
    put(standing, this.#wording.standing(aspect, this.#limit))
    put(this.#part(`${row} .sum`), this.#wording.sum(aspect, this.#weights.shares))
    const {override} = aspect
    this.#part(`${row} .lift`).hidden = !override.chosen
    for (const field of LIFT) {
      const missing = override.chosen && !override[field]
      sheet.problem(`aspect.${index}.${field}`, missing ? this.#wording.say(`override_without_${field}`) : null)
    }
  }

  #showRanking() {
    const ranked = this.#ranked
    const count = ranked.filter(({verdict}) => verdict.significant).length
    const open = ranked.filter(({verdict}) => verdict.significant === null).length
    put(this.#part('.count'), this.#wording.say(open ? 'count_open' : 'count', {count, open, total: ranked.length}))
    this.#part('.ranking tbody').replaceChildren(...ranked.map(aspect => this.#line(aspect)))
    const limit = this.#wording.number(this.#limit)
    const bars = ranked.map(aspect => ({
      label: aspect.aspect,
      text: this.#wording.standing(aspect, this.#limit),
      score: aspect.verdict.score,
      significant: Boolean(aspect.verdict.significant),
    }))
    scores(this.#part('.chart'), bars, {
      title: this.#wording.say(this.#limit === null ? 'chart_open' : 'chart', {limit}),
      highest: HIGHEST,
      limit: this.#limit,
      limitText: this.#wording.say('chart_limit', {limit}),
    })
  }

  /** @param {Ranked} aspect */
  #line({place, aspect, verdict, override, scores: given, activity, impact, condition}) {
    const name = make('th', '', aspect)
    name.scope = 'row'
    const significant = make('td', 'words', make('span', 'answer', this.#wording.answer(verdict.significant)))
    significant.dataset.significant = String(verdict.significant)
    const others = verdict.reasons.filter(reason => reason !== 'override')
    if (others.length) significant.append(make('span', 'why', this.#wording.because(others, this.#limit)))
    if (override.counts) significant.append(make('span', 'why', this.#wording.lifted(override)))
    const figure = (/** @type {number | null} */ number) => make('td', '', this.#wording.number(number))
    const told = [activity, impact, condition].map(text => make('td', 'words', text))
    return make('tr', '', figure(place), name, figure(verdict.score), significant, ...given.map(figure), ...told)
  }

  #export() {
    const file = this.#wording.say('csv_file')
    give(file, csv(this.#rows()), 'text/csv;charset=utf-8')
    put(this.#part('.said'), this.#wording.say('sheet_saved', {file}))
  }

  /** The register for a spreadsheet; what cannot be said yet is left empty. */
  #rows() {
    const {shares} = this.#weights
    const rule = shares && this.#limit !== null ? `${this.#wording.formula(shares)}. ${this.#wording.rule(this.#limit)}` : ''
    const figure = (/** @type {number | null} */ number) => (number === null ? '' : this.#wording.number(number))
    const heads = ['rank', 'activity', 'head_aspect', 'head_impact', 'condition', ...CRITERIA.map(letter => `weight_${letter}`),
      'score', 'head_significant', 'head_because', 'head_reason', 'head_date', 'head_name', 'head_rule']
    const lines = this.#ranked.map(({place, activity, aspect, impact, condition, scores: given, verdict, override}) => [
      figure(place), activity, aspect, impact, condition, ...given.map(figure), figure(verdict.score),
      verdict.significant === null ? '' : this.#wording.answer(verdict.significant),
      this.#wording.because(verdict.reasons, this.#limit),
      ...LIFT.map(field => (override.chosen ? override[field] : '')), rule,
    ])
    return [heads.map(head => this.#wording.say(head)), ...lines]
  }
}

/** Speaks only when it changes. @param {HTMLElement} element @param {string} text */
function put(element, text) { if (element.textContent !== text) element.textContent = text }

customElements.get('aspect-register') ?? customElements.define('aspect-register', AspectRegister)

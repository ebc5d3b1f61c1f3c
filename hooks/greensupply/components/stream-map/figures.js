// @ts-check
/** Figures as the page's language writes them, with their units; a figure that is not known is a dash. */
import {say} from '../shared/page.js'

const DASH = '–'
const NO_BREAK = '\u00a0'
/** Digits of a figure that the learner entered, or that is the sum of such. */
const DIGITS = 7

export class Figures {
  #locale
  #words
  #plural
  /** @type {Map<string, Intl.NumberFormat>} */
  #formats = new Map()

  /** @param {string} locale @param {Record<string, string>} words */
  constructor(locale, words) {
    this.#locale = locale
    this.#words = words
    this.#plural = new Intl.PluralRules(locale)
  }

  /** A text of the page. @param {string} name @param {Values} [values] */
  say(name, values) { return say({words: this.#words}, name, values) }

  /** A figure with every digit that says something. @param {number} figure */
  exact(figure) { return this.#write(figure, {maximumSignificantDigits: DIGITS}) }

  /** A figure with so many decimals. @param {number} figure @param {number} decimals */
  fixed(figure, decimals) { return this.#write(figure, {minimumFractionDigits: decimals, maximumFractionDigits: decimals}) }

  /** A result: whole from a thousand on, else with two decimals at most, or two digits. @param {number} figure */
  rounded(figure) {
    const size = Math.abs(figure)
    if (size >= 1000) return this.fixed(figure, 0)
    return this.#write(figure, size && size < 0.1 ? {maximumSignificantDigits: 2} : {maximumFractionDigits: 2})
  }

  /** A share, to a tenth of a percent; a small one to two digits. @param {number} share */
  percent(share) {
    const small = share !== 0 && Math.abs(share) < 0.01
    return this.#write(share, {style: 'percent', ...(small ? {maximumSignificantDigits: 2} : {minimumFractionDigits: 1, maximumFractionDigits: 1})})
  }

  /** @param {number} figure @param {string} text that the figure is written as @param {string} symbol name of the unit's symbol */
  #with(figure, text, symbol) { return Number.isFinite(figure) ? `${text}${NO_BREAK}${this.say(`symbol_${symbol}`)}` : DASH }

  /** A quantity as entered, with its unit. @param {number} figure in the arithmetic's unit @param {Measure} unit */
  amount(figure, [size, symbol]) { return this.#with(figure, this.exact(figure / size), symbol) }

  /** A year's quantity, with its unit. @param {number} figure in the arithmetic's unit @param {Measure} unit */
  quantity(figure, [size, symbol]) { return this.#with(figure, this.rounded(figure / size), symbol) }

  /** The same, with a place to break the line before the unit. @param {string} quantity */
  loose(quantity) { return quantity.replace(/\u00a0(?=\D+$)/, ' ') }

  /** An amount of money. @param {number} figure @param {string} currency @param {number} [decimals] */
  money(figure, currency, decimals = 0) {
    return Number.isFinite(figure) ? this.say(`money_${currency}`, {amount: this.fixed(figure, decimals)}) : DASH
  }

  /** What a unit costs. @param {number} figure for the arithmetic's unit @param {Measure} unit @param {string} currency */
  price(figure, [size, symbol], currency) {
    const amount = figure * size
    const cents = Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6
    const money = this.say(`money_${currency}`, {amount: cents ? this.fixed(amount, 2) : this.exact(amount)})
    return Number.isFinite(figure) ? this.say('price_of', {price: money, per: this.say(`per_${symbol}`)}) : DASH
  }

  /** `4,000 parts`: a word that follows its number. @param {string} name @param {number} figure */
  count(name, figure) {
    const form = this.#plural.select(figure) === 'one' ? 'one' : 'other'
    return Number.isFinite(figure) ? this.say(`${name}_${form}`, {count: this.rounded(figure)}) : DASH
  }

  /** @param {number} figure s */
  seconds(figure) { return Number.isFinite(figure) ? this.say('seconds', {count: this.rounded(figure)}) : DASH }

  /** @param {number} figure min */
  minutes(figure) { return Number.isFinite(figure) ? this.say('minutes', {count: this.rounded(figure)}) : DASH }

  /** Words in a row. @param {string[]} words */
  list(words) { return new Intl.ListFormat(this.#locale, {type: 'conjunction'}).format(words) }

  /** @param {number} figure @param {Intl.NumberFormatOptions} options */
  #write(figure, options) {
    if (!Number.isFinite(figure)) return DASH
    const key = JSON.stringify(options)
    const format = this.#formats.get(key) ?? new Intl.NumberFormat(this.#locale, options)
    this.#formats.set(key, format)
    return format.format(figure === 0 ? 0 : figure)
  }
}

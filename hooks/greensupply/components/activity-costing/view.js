// @ts-check
/** How results are written: figures as the page's language has them, tables, lists, charts and checks. `–` stands for what is not known. */
import {bars} from '../shared/bars.js'
import {languageOf, make, say} from '../shared/page.js'

/** @typedef {import('./arithmetic.js').Figure} Figure */
/** @typedef {{name: string, cells: string[], total?: boolean}} Line a row of a table, with its name in front */
/** @typedef {'right' | 'wrong' | 'open'} Mark */

const DASH = '–'

export class View {
  #root
  #words
  #tag

  /** @param {HTMLElement} root @param {Record<string, string>} words */
  constructor(root, words) {
    this.#root = root
    this.#words = words
    this.#tag = languageOf(root)
  }

  /** @param {string} name @param {Values} [values] */
  say(name, values) { return say({words: this.#words}, name, values) }

  /** With so many decimals. @param {Figure} figure @param {number} least @param {number} [most] */
  figure(figure, least, most = least) { return this.#write(figure, {minimumFractionDigits: least, maximumFractionDigits: most}) }

  /** A quantity, as it was entered. @param {Figure} figure */
  plain(figure) { return this.figure(figure, 0, 6) }

  /** Money: cents where there are any. @param {Figure} figure */
  money(figure) {
    const cents = figure !== null && Math.abs(figure - Math.round(figure)) >= 0.005
    return this.figure(figure, cents ? 2 : 0)
  }

  /** A price, with its cents and what is smaller. @param {Figure} figure */
  price(figure) { return this.figure(figure, 2, 6) }

  /** A share from 0 to 1. @param {Figure} share @param {number} least decimals @param {number} [most] */
  percent(share, least, most = least) { return this.#write(share, {style: 'percent', minimumFractionDigits: least, maximumFractionDigits: most}) }

  /** Amounts with plus and minus between them. @param {Figure[]} amounts @param {(figure: Figure) => string} [write] */
  terms(amounts, write = figure => this.money(figure)) {
    return amounts.map((amount, place) => {
      const less = amount !== null && amount < 0
      return `${place ? (less ? ' − ' : ' + ') : less ? '−' : ''}${write(amount === null ? null : Math.abs(amount))}`
    }).join('')
  }

  /** @param {Figure} figure @param {Intl.NumberFormatOptions} options */
  #write(figure, options) {
    if (figure === null || !Number.isFinite(figure)) return DASH
    const text = new Intl.NumberFormat(this.#tag, options).format(figure)
    return (/[1-9]/.test(text) ? text : text.replace('-', '')).replace('-', '−')
  }

  /** The place of a result. @param {string} name */
  part(name) { return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-show="${name}"]`)) }

  /**
   * A table in a region of its own, which scrolls where it must.
   * @param {string} caption
   * @param {string[]} head
   * @param {Line[]} lines
   */
  table(caption, head, lines) {
    const rows = lines.map(({name, cells, total}) => {
      const heading = make('th', '', name)
      heading.scope = 'row'
      return make('tr', total ? 'total' : '', heading, ...cells.map(cell => make('td', '', cell)))
    })
    const columns = make('tr', '', ...head.map(title => {
      const cell = make(title ? 'th' : 'td', '', title)
      if (title) cell.setAttribute('scope', 'col')
      return cell
    }))
    return region(make('table', 'sheet-grid', make('caption', '', caption), make('thead', '', columns), make('tbody', '', ...rows)), caption)
  }

  /** Put tables and texts into a place. Regions that scroll stay themselves, so that none jumps back. @param {string} name @param {...HTMLElement} children */
  fill(name, ...children) {
    const place = this.part(name)
    const before = [...place.children]
    children.forEach((child, index) => {
      const old = before[index]
      if (old?.matches('.sheet-table') && child.matches('.sheet-table')) {
        old.setAttribute('aria-label', child.getAttribute('aria-label') ?? '')
        old.replaceChildren(...child.childNodes)
      } else if (old) old.replaceWith(child)
      else place.append(child)
    })
    for (const old of before.slice(children.length)) old.remove()
  }

  /** @param {string} name @param {string[]} lines */
  list(name, lines) { this.part(name).replaceChildren(...lines.map(line => make('li', '', line))) }

  /** Bars of the rows that hold something; without any, no figure. @param {string} name @param {import('../shared/bars.js').BarRow[]} rows @param {import('../shared/bars.js').BarOptions} options */
  chart(name, rows, options) {
    const figure = this.part(name)
    const known = rows.filter(({parts}) => parts.some(({value}) => value))
    figure.hidden = known.length === 0
    if (known.length) bars(figure, known, options)
  }

  /** @param {boolean | null} holds @param {string} name of the words, which end in `_right`, `_wrong` and `_open` @param {Values} values */
  check(holds, name, values) {
    /** @type {Mark} */
    const mark = holds === null ? 'open' : holds ? 'right' : 'wrong'
    const line = make('p', 'check', this.say(`${name}_${mark}`, values))
    line.dataset.mark = mark
    return line
  }
}

/** A bar, unless its value is not known. @param {Figure} value @param {string} kind @param {string} text */
export function part(value, kind, text) { return value === null ? [] : [{value, kind, text}] }

/** @param {HTMLTableElement} table @param {string} name */
function region(table, name) {
  const box = make('div', 'sheet-table', table)
  box.tabIndex = 0
  box.setAttribute('role', 'region')
  box.setAttribute('aria-label', name)
  return box
}

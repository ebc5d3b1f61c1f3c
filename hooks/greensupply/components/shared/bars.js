// @ts-check
/** Horizontal bars: drawn anew for the width there is, so that their words stay readable on a phone and on paper. */
import {drawInto, shape, widthIn, wrapped} from './drawing.js'

/** @typedef {{value: number, kind: string, text: string}} BarPart `text` is what is read beside it, with its unit */
/** @typedef {{label: string, parts: BarPart[]}} BarRow */
/**
 * @typedef {{
 *   title: string, layout?: 'stacked' | 'grouped', kinds?: string[],
 * }} BarOptions `title` is its name for those who hear it; `kinds`: their order, which gives each its pattern (CSS: `[data-part="0"]`)
 */

const [LINE, BAR, GAP, SWATCH, SIZE] = [20, 20, 16, 14, 14]
/** Width of a letter, on average: of what is read beside a bar, and of its label, which is bold. */
const [LETTER, BOLD] = [7.4, 8.6]
/** On Letter, for text of about 10 points. */
const PAPER = 680
let drawings = 0

/**
 * Draw `rows` into a figure, in place of what `bars` drew before. Grouped parts get a bar each, stacked ones share one.
 * @param {HTMLElement} figure
 * @param {BarRow[]} rows
 * @param {BarOptions} options
 */
export function bars(figure, rows, options) {
  drawInto(figure, PAPER, width => draw(figure, rows, options, width))
}

/** @param {HTMLElement} figure @param {BarRow[]} rows @param {BarOptions} options @param {number} space */
function draw(figure, rows, {title, layout = 'stacked', kinds = []}, space) {
  const width = Math.max(220, Math.floor(space || 320))
  const order = [...new Set([...kinds, ...rows.flatMap(({parts}) => parts.map(({kind}) => kind))])]
  const name = `gs-bars-${drawings++}`
  const svg = shape('svg', {class: 'gs-bars', role: 'img', 'aria-labelledby': `${name}-title`, focusable: 'false'})
  svg.append(shape('title', {id: `${name}-title`}, title), patterns(name, order.length))
  const bands = rows.map(row => (layout === 'grouped' ? row.parts.map(part => [part]) : [row.parts]))
  const ends = bands.flat().map(extent)
  const low = Math.min(0, ...ends.map(([least]) => least))
  const high = Math.max(0, ...ends.map(([, most]) => most))
  const length = widthIn(figure, SIZE)
  const words = layout === 'grouped' ? Math.max(0, ...rows.flatMap(({parts}) => parts.map(({text}) => length(text)))) + 12 : 0
  const beside = words > 0 && words < width * .55
  const room = width - (beside ? words : 0) - 2
  /** @param {number} value */
  const across = value => (high > low ? (room * (value - low)) / (high - low) : 0) + 1
  let top = 0
  rows.forEach(({label, parts}, place) => {
    for (const line of wrapped(label, width / BOLD)) svg.append(text(line, 0, (top += LINE) - 5, 'bar-label'))
    top += 3
    for (const band of bands[place]) {
      let [from, back] = [0, 0]
      for (const part of band) {
        const start = part.value < 0 ? back : from
        const [left, right] = [across(Math.min(start, start + part.value)), across(Math.max(start, start + part.value))]
        if (part.value < 0) back += part.value
        else from += part.value
        if (part.value) svg.append(box(name, order.indexOf(part.kind), left, top, right - left, BAR, part.value < 0))
      }
      if (beside) svg.append(text(band[0]?.text ?? '', Math.max(across(0), across(from)) + 8, top + 15, 'bar-text'))
      top += BAR + 4
      if (!beside) top = legend(svg, name, order, band, width, top)
    }
    if (low < 0) svg.append(shape('line', {class: 'bar-zero', x1: across(0), x2: across(0), y1: top - parts.length * (BAR + 4) - 2, y2: top}))
    top += GAP
  })
  const height = Math.max(1, top - GAP + 4)
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
  figure.querySelector(':scope > svg.gs-bars')?.remove()
  figure.prepend(svg)
}

/** The texts of a band below it, each behind a swatch; returns where it ends. @param {Element} svg @param {string} name @param {string[]} order @param {BarPart[]} parts @param {number} width @param {number} top */
function legend(svg, name, order, parts, width, top) {
  let left = 0
  let line = top
  for (const part of parts) {
    const lines = wrapped(part.text, (width - SWATCH - 6) / LETTER)
    const length = SWATCH + 6 + Math.max(...lines.map(each => each.length)) * LETTER + 14
    if (left && left + length > width) [left, line] = [0, line + LINE]
    svg.append(box(name, order.indexOf(part.kind), left + 1, line + 3, SWATCH - 2, SWATCH - 2, part.value < 0))
    lines.forEach((each, index) => svg.append(text(each, left + SWATCH + 6, line + 14 + index * LINE, 'bar-text')))
    if (lines.length > 1) [left, line] = [0, line + lines.length * LINE]
    else left += length
  }
  return left ? line + LINE : line
}

/** @param {BarPart[]} band @returns {[number, number]} */
function extent(band) {
  return [band.reduce((sum, {value}) => sum + Math.min(0, value), 0), band.reduce((sum, {value}) => sum + Math.max(0, value), 0)]
}

/** The pattern of each kind over its colour: stripes, dots, a grid; the first has none. @param {string} name @param {number} count */
function patterns(name, count) {
  const defs = shape('defs', {})
  const marks = ['', 'M-2 2 2-2M0 8 8 0M6 10l4-4', 'M2 4a2 2 0 1 0 4 0 2 2 0 1 0-4 0z', 'M0 4h8M4 0v8', 'M0 2h8M0 6h8', 'M2 0v8M6 0v8']
  for (let kind = 0; kind < count; kind++) {
    const pattern = shape('pattern', {id: `${name}-${kind}`, width: 8, height: 8, patternUnits: 'userSpaceOnUse'})
    pattern.append(shape('rect', {class: 'bar-fill', 'data-part': kind % 6, width: 8, height: 8}))
    if (marks[kind % 6]) pattern.append(shape('path', {class: 'bar-mark', 'data-part': kind % 6, d: marks[kind % 6]}))
    defs.append(pattern)
  }
  return defs
}

/** @param {string} name @param {number} kind @param {number} x @param {number} y @param {number} width @param {number} height @param {boolean} negative */
function box(name, kind, x, y, width, height, negative) {
  return shape('rect', {class: negative ? 'bar bar-negative' : 'bar', 'data-part': kind % 6, x, y, width: Math.max(1, width), height, fill: `url(#${name}-${kind})`})
}

/** @param {string} content @param {number} x @param {number} y @param {string} style */
function text(content, x, y, style) { return shape('text', {class: style, x, y}, content) }

// @ts-check
/** Scores as bars with the limit across them; drawn anew for the width there is, so that the words stay readable. */
import {drawInto, shape, wrapped} from '../shared/drawing.js'

/** @typedef {{label: string, text: string, score: number | null, significant: boolean}} ScoreBar */
/** @typedef {{title: string, highest: number, limit: number | null, limitText: string}} ScoreScale */

const [LINE, BAR, GAP, LETTER, BOLD] = [20, 18, 16, 7.6, 8.4]
/** On Letter, beside the margin that the style leaves. */
const PAPER = 440

/**
 * Draw into a figure, in place of what was drawn there before. A significant aspect has a full bar, another one a hollow bar.
 * @param {HTMLElement} figure
 * @param {ScoreBar[]} bars from the top
 * @param {ScoreScale} scale
 */
export function scores(figure, bars, scale) {
  drawInto(figure, PAPER, width => draw(figure, bars, scale, width))
}

/** Each bar is a drawing of its own, so that thirty of them break between two pages. @param {HTMLElement} figure @param {ScoreBar[]} bars @param {ScoreScale} scale @param {number} space */
function draw(figure, bars, {title, highest, limit, limitText}, space) {
  const width = Math.max(220, Math.floor(space || 320))
  const across = (/** @type {number} */ score) => (score / highest) * (width - 2) + 1
  const drawings = bars.map(bar => drawing(bar, width, across, limit))
  if (limit !== null) {
    const half = (limitText.length * BOLD) / 2
    const middle = Math.min(Math.max(across(limit), half), width - half)
    drawings.unshift(framed([words(limitText, middle, LINE - 4, 'bar-text limit-text')], width, LINE))
  }
  figure.setAttribute('role', 'img')
  figure.setAttribute('aria-label', title)
  figure.replaceChildren(...drawings)
}

/** @param {ScoreBar} bar @param {number} width @param {(score: number) => number} across @param {number | null} limit */
function drawing({label, text, score, significant}, width, across, limit) {
  const shapes = []
  let top = 0
  for (const line of wrapped(label, width / BOLD)) shapes.push(words(line, 0, (top += LINE) - 5, 'bar-label'))
  for (const line of wrapped(text, width / LETTER)) shapes.push(words(line, 0, (top += LINE) - 5, 'bar-text'))
  if (score !== null) {
    const place = {x: 1, y: (top += 5), width: across(score) - 1, height: BAR, rx: 3}
    shapes.push(shape('rect', {class: significant ? 'bar full' : 'bar hollow', ...place}))
    const x = limit === null ? 0 : across(limit)
    for (const style of limit === null ? [] : ['limit-edge', 'limit']) {
      shapes.push(shape('line', {class: style, x1: x, x2: x, y1: top - 5, y2: top + BAR + 5}))
    }
    top += BAR
  }
  return framed(shapes, width, top + GAP)
}

/** @param {Element[]} shapes @param {number} width @param {number} height */
function framed(shapes, width, height) {
  const svg = shape('svg', {class: 'gs-bars', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false'})
  svg.append(...shapes)
  return svg
}

/** @param {string} content @param {number} x @param {number} y @param {string} style */
function words(content, x, y, style) { return shape('text', {class: style, x, y}, content) }

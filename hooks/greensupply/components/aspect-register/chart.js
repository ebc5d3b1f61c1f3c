// @ts-check
/** Scores as bars with the limit across them; drawn anew for the width there is, so that the words stay readable. */

/** @typedef {{label: string, text: string, score: number | null, significant: boolean}} ScoreBar */
/** @typedef {{title: string, highest: number, limit: number | null, limitText: string}} ScoreScale */

const SVG = 'http://www.w3.org/2000/svg'
const [LINE, BAR, GAP, LETTER, BOLD] = [20, 18, 16, 7.6, 8.4]
/** @type {WeakMap<HTMLElement, () => void>} how each figure is drawn again */
const drawn = new WeakMap()

/**
 * Draw into a figure, in place of what was drawn there before. A significant aspect has a full bar, another one a hollow bar.
 * @param {HTMLElement} figure
 * @param {ScoreBar[]} bars from the top
 * @param {ScoreScale} scale
 */
export function scores(figure, bars, scale) {
  const redraw = () => draw(figure, bars, scale)
  if (!drawn.has(figure)) {
    let width = 0
    new ResizeObserver(([{contentRect}]) => {
      if (Math.abs(contentRect.width - width) < 1) return
      width = contentRect.width
      drawn.get(figure)?.()
    }).observe(figure)
  }
  drawn.set(figure, redraw)
  redraw()
}

/** Each bar is a drawing of its own, so that thirty of them break between two pages. @param {HTMLElement} figure @param {ScoreBar[]} bars @param {ScoreScale} scale */
function draw(figure, bars, {title, highest, limit, limitText}) {
  const width = Math.max(220, Math.floor(figure.clientWidth || 320))
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
  for (const line of wrap(label, width / BOLD)) shapes.push(words(line, 0, (top += LINE) - 5, 'bar-label'))
  for (const line of wrap(text, width / LETTER)) shapes.push(words(line, 0, (top += LINE) - 5, 'bar-text'))
  if (score !== null) {
    const place = {x: 1, y: (top += 5), width: across(score) - 1, height: BAR, rx: 3}
    shapes.push(make('rect', {class: significant ? 'bar full' : 'bar hollow', ...place}))
    const x = limit === null ? 0 : across(limit)
    for (const style of limit === null ? [] : ['limit-edge', 'limit']) {
      shapes.push(make('line', {class: style, x1: x, x2: x, y1: top - 5, y2: top + BAR + 5}))
    }
    top += BAR
  }
  return framed(shapes, width, top + GAP)
}

/** @param {Element[]} shapes @param {number} width @param {number} height */
function framed(shapes, width, height) {
  const svg = make('svg', {class: 'gs-bars', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false'})
  svg.append(...shapes)
  return svg
}

/** @param {string} content @param {number} x @param {number} y @param {string} style */
function words(content, x, y, style) {
  const element = make('text', {class: style, x, y})
  element.textContent = content
  return element
}

/** Lines of at most so many letters. @param {string} text @param {number} most */
function wrap(text, most) {
  const longest = Math.max(1, Math.floor(most))
  /** @type {string[]} */
  const lines = []
  for (const word of text.split(' ').flatMap(word => word.match(new RegExp(`.{1,${longest}}`, 'gu')) ?? [])) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= longest) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

/** @param {string} tag @param {Record<string, string | number>} attributes */
function make(tag, attributes) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(typeof value === 'number' ? Math.round(value * 100) / 100 : value))
  }
  return element
}

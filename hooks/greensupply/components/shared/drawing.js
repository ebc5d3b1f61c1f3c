// @ts-check
/** What every drawing of a calculator needs: SVG elements, lines of words, and to be drawn for the width there is. */

const SVG = 'http://www.w3.org/2000/svg'
/** @type {WeakMap<HTMLElement, (width: number) => void>} how each figure is drawn again */
const drawn = new WeakMap()
/** @type {CanvasRenderingContext2D | null | undefined} */
let ruler

/**
 * Draw into a figure now, whenever its width changes, and for paper.
 * @param {HTMLElement} figure
 * @param {number} paper the width there
 * @param {(width: number) => void} draw in place of what was drawn before
 */
export function drawInto(figure, paper, draw) {
  if (!drawn.has(figure)) follow(figure, paper)
  drawn.set(figure, draw)
  draw(figure.clientWidth)
}

/** @param {HTMLElement} figure @param {number} paper */
function follow(figure, paper) {
  const again = (width = figure.clientWidth) => { if (figure.isConnected) drawn.get(figure)?.(width) }
  let before = 0
  new ResizeObserver(([{contentRect: {width}}]) => {
    if (Math.abs(width - before) < 1 || matchMedia('print').matches) return
    before = width
    again()
  }).observe(figure)
  addEventListener('beforeprint', () => again(paper))
  addEventListener('afterprint', () => again())
}

/** An SVG element. @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
export function shape(tag, attributes, text = '') {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(typeof value === 'number' ? Math.round(value * 100) / 100 : value))
  }
  if (text) element.textContent = text
  return element
}

/** How wide words are in the figure's font. @param {HTMLElement} figure @param {number} size of the letters */
export function widthIn(figure, size) {
  const family = getComputedStyle(figure).fontFamily
  return (/** @type {string} */ text, bold = false) => {
    ruler ??= document.createElement('canvas').getContext('2d')
    if (!ruler) return text.length * size * .6
    ruler.font = `${bold ? 700 : 400} ${size}px ${family}`
    return ruler.measureText(text).width
  }
}

/** Words in lines of at most so many letters; a word that is longer is cut. @param {string} words @param {number} most */
export function wrapped(words, most) {
  const longest = Math.max(1, Math.floor(most))
  const parts = words.split(/[ \n]+/).flatMap(word => word.match(new RegExp(`.{1,${longest}}`, 'gu')) ?? [])
  /** @type {string[]} */
  const lines = []
  for (const part of parts) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + part.length <= longest) lines[lines.length - 1] = `${line} ${part}`
    else lines.push(part)
  }
  return lines.length ? lines : ['']
}

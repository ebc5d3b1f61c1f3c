// @ts-check
/** The value stream map as a drawing: from top to bottom, so that it can be read on a phone, for the width there is. */
import {drawInto, shape, widthIn} from '../shared/drawing.js'

const [NARROWEST, WIDEST] = [230, 560]
/** Width below which letters are a little smaller. */
const PHONE = 300
const [PAD, GAP, TRIANGLE, PILL] = [8, 14, 28, 22]
let drawings = 0
/** On Letter, for two maps side by side. */
const PAPER = 340

/** Draw a map into a figure, in place of what was drawn before. @param {HTMLElement} figure @param {Picture} picture */
export function drawMap(figure, picture) {
  drawInto(figure, PAPER, width => {
    figure.querySelector(':scope > svg')?.remove()
    figure.append(new Drawing(figure, picture, width).svg)
  })
}

/** Draws from the top; `#top` is where the next part begins. */
class Drawing {
  svg
  #width
  /** Width of each of the two columns. */
  #column
  #size
  #length
  #top = 0

  /** @param {HTMLElement} figure @param {Picture} picture @param {number} space */
  constructor(figure, {title, description, heads, steps, finished, boxes, ehs}, space) {
    this.#width = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(space || 320)))
    this.#column = Math.floor((this.#width - GAP) / 2)
    this.#size = this.#width < PHONE ? 13 : 14
    this.#length = widthIn(figure, this.#size)
    const name = `gs-map-${drawings++}`
    this.svg = shape('svg', {role: 'img', 'aria-labelledby': `${name}-title`, 'aria-describedby': `${name}-words`, focusable: 'false', 'font-size': this.#size})
    this.svg.append(shape('title', {id: `${name}-title`}, title), shape('desc', {id: `${name}-words`}, description))
    const [left, right] = heads.map(head => this.#wrap(head, this.#column, true))
    this.#write(left, 0, this.#size, 'map-head')
    this.#write(right, this.#column + GAP, this.#size, 'map-head')
    this.#top = Math.max(left.length, right.length) * this.#row + 4
    for (const [place, step] of steps.entries()) {
      const above = this.#top
      this.#stock(step.stock)
      if (place) this.#arrow(above - 6)
      this.#step(step, ehs)
    }
    this.#stock(finished)
    for (const box of boxes) this.#box(box)
    this.svg.setAttribute('viewBox', `0 0 ${this.#width} ${Math.ceil(this.#top)}`)
    this.svg.setAttribute('width', String(this.#width))
  }

  /** Height of a line of words. */
  get #row() { return this.#size + 5 }

  /** The parts that wait before a process. @param {string} words */
  #stock(words) {
    const top = this.#top
    this.#add('path', {class: 'map-stock', d: `M40 ${top}l17 ${TRIANGLE}h-34z`})
    this.#add('text', {class: 'map-mark', x: 40, y: top + TRIANGLE - 4, 'text-anchor': 'middle'}, 'I')
    const lines = this.#wrap(words, this.#width - 68)
    this.#write(lines, 66, top + 19, 'map-text')
    this.#top += Math.max(TRIANGLE + 10, lines.length * this.#row + 12)
  }

  /** @param {number} from */
  #arrow(from) {
    this.#add('path', {class: 'map-arrow', d: `M12 ${from}V${this.#top - 8}`})
    this.#add('path', {class: 'map-tip', d: `M7 ${this.#top - 9}h10l-5 8z`})
  }

  /** A process beside its data. @param {Step} step @param {string} ehs */
  #step({name, ehs: marked, slow, facts, flows}, ehs) {
    const [top, column, right] = [this.#top, this.#column, this.#column + GAP]
    const room = column - 2 * PAD
    const pill = marked ? Math.ceil(this.#length(ehs, true)) + 16 : 0
    const aside = name.split(' ').every(word => this.#length(word, true) <= room - pill - 4)
    const called = this.#wrap(name, aside && pill ? room - pill - 4 : room, true)
    const [said, data] = [facts, flows].map(all => all.flatMap(({text, bold}) => this.#wrap(text, room, bold).map(line => ({line, bold}))))
    const below = pill && !aside ? PILL + 6 : 0
    const height = Math.max((called.length + said.length) * this.#row + 4 + below, data.length * this.#row) + 2 * PAD - 4
    this.#add('path', {class: 'map-link', d: `M${column} ${top + height / 2}H${right}`})
    this.#add('rect', {class: slow ? 'map-process map-slow' : 'map-process', x: 1, y: top, width: column - 2, height, rx: 8})
    this.#add('rect', {class: 'map-data', x: right + 1, y: top, width: column - 2, height, rx: 8})
    const first = top + PAD + this.#size - 2
    let next = this.#write(called, PAD, first, 'map-name') + 4
    if (pill) this.#pill(ehs, pill, aside ? column - pill - 7 : PAD, aside ? top + 7 : next - this.#size - 2)
    next += below
    for (const {line, bold} of said) next = this.#write([line], PAD, next, bold ? 'map-name' : 'map-text')
    next = first
    for (const {line, bold} of data) next = this.#write([line], right + PAD, next, bold ? 'map-name' : 'map-text')
    this.#top += height + 8
  }

  /** @param {string} words @param {number} width @param {number} x @param {number} y */
  #pill(words, width, x, y) {
    this.#add('rect', {class: 'map-pill', x, y, width, height: PILL, rx: PILL / 2})
    this.#add('text', {class: 'map-ehs', x: x + width / 2, y: y + 16, 'text-anchor': 'middle'}, words)
  }

  /** A line under the map. @param {{head: string, text: string, kind: string}} box */
  #box({head, text, kind}) {
    const [above, below] = [head, text].map(words => this.#wrap(words, this.#width - 2 * PAD, true))
    const height = (above.length + below.length) * this.#row + 2 * PAD - 2
    this.#add('rect', {class: kind === 'time' ? 'map-stock' : 'map-data', x: 1, y: this.#top, width: this.#width - 2, height, rx: 8})
    this.#write(below, PAD, this.#write(above, PAD, this.#top + PAD + this.#size - 2, 'map-head'), 'map-name')
    this.#top += height + 10
  }

  /** Lines of words; returns where the next one stands. @param {string[]} lines @param {number} x @param {number} y @param {string} style */
  #write(lines, x, y, style) {
    lines.forEach((line, place) => this.#add('text', {class: style, x, y: y + place * this.#row}, line))
    return y + lines.length * this.#row
  }

  /** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
  #add(tag, attributes, text) { this.svg.append(shape(tag, attributes, text)) }

  /** Lines of at most that width; a word that is longer is cut. @param {string} words @param {number} room @param {boolean} [bold] */
  #wrap(words, room, bold = false) {
    /** @type {string[]} */
    const found = []
    let line = ''
    for (const word of words.split(/[ \n]+/).flatMap(each => this.#cut(each, room, bold))) {
      if (line && this.#length(`${line} ${word}`, bold) <= room) line = `${line} ${word}`
      else {
        if (line) found.push(line)
        line = word
      }
    }
    return [...found, line]
  }

  /** @param {string} word @param {number} room @param {boolean} bold @returns {string[]} */
  #cut(word, room, bold) {
    let end = word.length
    while (end > 1 && this.#length(word.slice(0, end), bold) > room) end--
    return end >= word.length ? [word] : [word.slice(0, end), ...this.#cut(word.slice(end), room, bold)]
  }
}

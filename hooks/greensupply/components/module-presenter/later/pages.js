// @ts-check
/** Groups of blocks -> slides that a screen of this size holds: what is too long goes on, what is too large gets smaller. */
import {clean, make, textOf} from './dom.js'

const SMALLEST = 4
/** A figure that would be shown less than this much larger than it is drawn is shown from near as well. */
const READABLE = 1.15

export class Pages {
  #stage
  #words
  /** @type {Slide[]} */
  #slides = []
  #number = 0

  /** @param {HTMLElement} stage Where slides are shown; they are measured there. @param {Words} words */
  constructor(stage, words) {
    this.#stage = stage
    this.#words = words
  }

  /** @param {Group[]} groups @returns {Slide[]} */
  cut(groups) {
    this.#slides = []
    this.#number = 0
    for (const group of groups) {
      if (group.kind === 'poll') this.#poll(group)
      else if (group.kind === 'figure') this.#figure(group)
      else if (group.kind === 'box') this.#pour(group.units.map(prepared), this.#begin(group), () => this.#begin(group, true))
      else this.#pour(group.units.map(prepared), this.#begin(group, group.more), () => this.#begin(group, true))
    }
    for (const {element} of this.#slides) this.#finish(element)
    return this.#slides
  }

  /** Begin a slide; gives what its blocks go into. @param {Group} group @param {boolean} [more] @param {boolean} [reveal] */
  #begin(group, more = false, reveal = false) {
    const {kind, section, order, title, above, poll, from, to, language} = group
    const eyebrow = poll ? poll.place : above && above !== title ? above : title === section ? '' : section
    const element = make('article', `slide gs-text slide--${kind}`)
    if (eyebrow) element.append(make('p', 'eyebrow', eyebrow))
    if (kind !== 'box') {
      const heading = make('h1', '', ...group.heading.map(node => node.cloneNode(true)))
      if (more) heading.append(' ', make('span', 'more', this.#words.continued ?? ''))
      element.append(heading)
    }
    const body = make('div', 'body')
    element.append(body)
    if (language) element.lang = language
    if (reveal) element.dataset.reveal = ''
    else this.#number += 1
    this.#slides.push({element, title: title || section, section, order, from, to, number: this.#number, reveal})
    this.#stage.replaceChildren(element)
    return body
  }

  get #slide() { return /** @type {HTMLElement} */ (this.#slides.at(-1)?.element) }

  #fits() { return this.#stage.scrollHeight <= this.#stage.clientHeight + 1 }

  /** The largest size at which the slide fits; else the one it had. */
  #shrunk(most = SMALLEST) {
    const before = this.#slide.dataset.size ?? ''
    for (let size = 2; size <= most; size += 1) {
      this.#slide.dataset.size = String(size)
      if (this.#fits()) return true
    }
    this.#slide.dataset.size = before
    return false
  }

  /**
   * @param {HTMLElement[]} units
   * @param {HTMLElement} into Where they go on the slide that is open.
   * @param {() => HTMLElement} open Begins another slide, with what stands around; gives where to go on.
   */
  #pour(units, into, open) {
    for (const unit of units) {
      into.append(unit)
      if (this.#fits()) continue
      const parts = partsOf(unit)
      if (parts && into.childElementCount > 1 && this.#shrunk(3)) continue
      unit.remove()
      if (into.childElementCount && !(parts && this.#roomy(into))) {
        const lead = into.childElementCount > 1 ? into.lastElementChild : null
        const leads = lead?.matches('h2') || lead?.matches('p') && /:$/.test(textOf(lead))
        into = open()
        if (leads && lead) into.append(lead)
      }
      into.append(unit)
      if (this.#fits()) continue
      if (this.#shrunk(parts ? 3 : SMALLEST)) continue
      if (!parts) { // it is scrolled
        this.#slide.dataset.size = '3'
        continue
      }
      unit.remove()
      const shells = [parts.shell(into)]
      this.#pour(parts.units, shells[0], () => {
        into = open()
        shells.push(parts.shell(into))
        return shells[shells.length - 1]
      })
      this.#keepCompany(shells)
    }
  }

  /** All of a poll is seen at once, if need be in two columns; else it is scrolled. */
  #squeeze() {
    if (this.#fits() || this.#shrunk(3)) return
    this.#slide.classList.add('slide--columns')
    if (this.#fits() || this.#shrunk(3)) return
    this.#slide.classList.remove('slide--columns')
    if (!this.#shrunk()) this.#slide.dataset.size = '3'
  }

  /** Whether more than half of the screen is still free below a block's siblings. @param {HTMLElement} into */
  #roomy(into) {
    const {bottom, height} = this.#stage.getBoundingClientRect()
    return bottom - (into.lastElementChild?.getBoundingClientRect().bottom ?? bottom) > height / 2
  }

  /** The last row or item of a long block does not stand alone. @param {HTMLElement[]} shells */
  #keepCompany(shells) {
    const [before, last] = shells.slice(-2)
    if (!before || !last || last.childElementCount !== 1 || before.childElementCount < 3) return
    const moved = before.lastElementChild
    if (moved) last.prepend(moved)
    if (!this.#fits()) before.append(/** @type {Element} */ (last.firstElementChild))
  }

  /** @param {Group} group */
  #poll(group) {
    const {poll} = group
    if (!poll) return
    this.#begin(group).append(...poll.ask.map(node => node.cloneNode(true)))
    this.#squeeze()
    const told = () => poll.told.map(node => /** @type {HTMLElement} */ (node.cloneNode(true)))
    const answer = () => {
      const body = this.#begin(group, false, true)
      body.before(make('p', 'answer', this.#words.answer ?? ''))
      return body
    }
    const body = answer()
    body.append(...told(), ...poll.feedback)
    if (this.#fits() || this.#shrunk(3)) return
    body.replaceChildren(...told())
    this.#squeeze()
    if (poll.feedback.length) this.#pour(poll.feedback, answer(), answer)
  }

  /** The whole of it; and from near where its words would be too small for a room. @param {Group} group */
  #figure(group) {
    const [figure] = group.units
    if (!figure) return
    const whole = clean(figure)
    this.#begin(group).append(whole)
    const picture = whole.querySelector('img')
    const drawn = Number(picture?.getAttribute('width'))
    const wide = this.#stage.clientWidth
    if (!picture || !drawn || wide < drawn || picture.getBoundingClientRect().width / drawn > READABLE) return
    const shown = Math.min(picture.getBoundingClientRect().width, picture.getBoundingClientRect().height * drawn / Number(picture.getAttribute('height')))
    if (shown / drawn > READABLE) return
    const near = clean(figure)
    near.querySelector('figcaption')?.remove()
    this.#begin(group).append(near)
    this.#slide.querySelector('h1')?.append(' ', make('span', 'more', this.#words.close_up ?? ''))
    this.#slide.classList.add('slide--near')
  }

  /** Tables that are still too wide get smaller, and can be scrolled by keyboard where that is not enough. @param {HTMLElement} element */
  #finish(element) {
    this.#stage.replaceChildren(element)
    const tables = /** @type {HTMLElement[]} */ ([...element.querySelectorAll('.gs-table')])
    const wide = () => tables.some(table => table.scrollWidth > table.clientWidth + 1)
    for (let size = Number(element.dataset.size || 1) + 1; wide() && size <= SMALLEST; size += 1) element.dataset.size = String(size)
    for (const table of tables) if (table.scrollWidth <= table.clientWidth + 1) table.removeAttribute('tabindex')
  }
}

/** A copy of a block whose headings stand below the slide's; a box's title is the slide's. @param {Element} block */
function prepared(block) {
  const copy = clean(block)
  const [title] = copy.matches('.gs-callout') ? copy.children : []
  title?.replaceWith(make('h1', 'gs-callout-title', ...title.childNodes))
  if (!copy.matches('h4, h5, h6')) return copy
  return make('h2', '', ...copy.childNodes)
}

/** How a block can be cut: its parts, and what stands around them on each slide. @param {HTMLElement} block @returns {Parts | null} */
function partsOf(block) {
  if (block.matches('.gs-callout')) return box(block)
  if (block.matches('.gs-table')) return table(block)
  if (block.matches('ul, ol')) return list(block)
  if (block.matches('blockquote, dl')) return plain(block)
  return null
}

/** @param {HTMLElement} block @returns {Parts | null} */
function plain(block) {
  const units = /** @type {HTMLElement[]} */ ([...block.children])
  if (units.length < 2) return null
  return {units, shell: into => append(into, /** @type {HTMLElement} */ (block.cloneNode(false)))}
}

/** @param {HTMLElement} block @returns {Parts | null} */
function list(block) {
  const parts = plain(block)
  if (!parts || !(block instanceof HTMLOListElement)) return parts
  parts.units.forEach((unit, place) => { if (unit instanceof HTMLLIElement) unit.value = block.start + place })
  return parts
}

/** @param {HTMLElement} block @returns {Parts | null} */
function table(block) {
  const rows = /** @type {HTMLElement[]} */ ([...block.querySelectorAll('tbody > tr')])
  if (rows.length < 2) return null
  return {units: rows, shell: into => {
    const copy = /** @type {HTMLElement} */ (block.cloneNode(true))
    const body = /** @type {HTMLElement} */ (copy.querySelector('tbody'))
    body.replaceChildren()
    into.append(copy)
    return body
  }}
}

/** @param {HTMLElement} block @returns {Parts | null} */
function box(block) {
  const [title, ...units] = /** @type {HTMLElement[]} */ ([...block.children])
  if (!title || units.length < 1) return null
  return {units, shell: into => {
    const copy = append(into, /** @type {HTMLElement} */ (block.cloneNode(false)))
    copy.append(title.cloneNode(true))
    return append(copy, make('div', 'inner'))
  }}
}

/** @param {HTMLElement} into @param {HTMLElement} element */
function append(into, element) {
  into.append(element)
  return element
}

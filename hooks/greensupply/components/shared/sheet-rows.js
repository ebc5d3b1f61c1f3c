// @ts-check
/**
 * Rows that a learner adds and removes, from `<template>`s. A row of one kind may stand in several places, also inside rows
 * of another kind: each place is an element with `data-rows="kind"`, and `data-template="#id"` where its rows look different.
 * In a template `{kind}` is the row's index from 0 and `{kind+}` its number from 1, in attributes and in text.
 */

/** @typedef {{name: string, template: string, least: number, most: number}} RowKind */

export class Rows {
  #root
  #kinds
  /** @type {Map<string, number>} */
  #counts = new Map()
  /** How often rows came or went. */
  changes = 0
  /** @type {Set<string>} names of the fields outside rows */
  #fixed = new Set()
  /** @type {{pattern: RegExp, name: string, field: Element}[]} the fields in rows, as they stand in the templates */
  #patterns = []

  /** @param {HTMLElement} root @param {RowKind[]} kinds */
  constructor(root, kinds) {
    this.#root = root
    this.#kinds = new Map(kinds.map(kind => [kind.name, kind]))
    const templates = [...root.querySelectorAll('template')].map(template => template.content)
    const inside = templates.flatMap(content => [...content.querySelectorAll('[data-field]')])
    this.#patterns = inside.map(field => ({pattern: patternOf(nameOf(field)), name: nameOf(field), field}))
    for (const field of root.querySelectorAll('[data-field]')) {
      if (!this.#patterns.some(({pattern}) => pattern.test(nameOf(field)))) this.#fixed.add(nameOf(field))
    }
    for (const kind of kinds) {
      const place = this.#places(kind.name)[0]
      this.#counts.set(kind.name, place ? rowsIn(place, kind.name).length : 0)
    }
  }

  /** @param {string} name */
  count(name) { return this.#counts.get(name) ?? 0 }

  /** @param {string} name */
  kind(name) { return this.#kinds.get(name) }

  /** The row of that name that stands first in the page. @param {string} name @param {number} index */
  first(name, index) {
    const row = this.#root.querySelector(`[data-row="${name}.${index}"]`)
    return row instanceof HTMLElement ? row : null
  }

  /** Whether a field of that name may exist. @param {string} name */
  knows(name) { return this.#fixed.has(name) || this.indexes(name) !== null }

  /** The index in each kind of row that a field's name holds; null if there can be no such field. @param {string} name */
  indexes(name) {
    for (const {pattern} of this.#patterns) {
      const groups = pattern.exec(name)?.groups
      if (!groups) continue
      const found = Object.entries(groups).map(([kind, index]) => /** @type {const} */ ([kind, Number(index)]))
      return found.every(([kind, index]) => index < (this.#kinds.get(kind)?.most ?? 0)) ? new Map(found) : null
    }
    return null
  }

  /** The field of that name, or the one in a template that it comes from. @param {string} name */
  field(name) { return this.#patterns.find(({pattern}) => pattern.test(name))?.field ?? this.#root.querySelector(`[data-field="${CSS.escape(name)}"]`) }

  /** The same field in rows of other indexes. @param {string} name @param {Map<string, number>} indexes */
  named(name, indexes) {
    const found = this.#patterns.find(({pattern}) => pattern.test(name))
    return (found?.name ?? name).replace(/\{(\w+)\}/g, (_, kind) => String(indexes.get(kind) ?? 0))
  }

  /** How many rows of each kind these fields need. @param {Iterable<string>} names @returns {Map<string, number>} */
  needed(names) {
    const counts = new Map([...this.#kinds.values()].map(({name, least}) => [name, least]))
    for (const name of names) {
      for (const [kind, index] of this.indexes(name) ?? []) counts.set(kind, Math.max(counts.get(kind) ?? 0, index + 1))
    }
    return counts
  }

  /** Have so many rows of a kind; new ones come empty, and the last go first. @param {string} name @param {number} count */
  resize(name, count) {
    const before = this.count(name)
    this.#counts.set(name, count)
    this.changes++
    for (const place of this.#places(name)) {
      for (const row of rowsIn(place, name).slice(count)) row.remove()
      for (let index = before; index < count; index++) this.#add(place, name, index)
    }
  }

  /** @param {string} name */
  #places(name) { return [...this.#root.querySelectorAll(`[data-rows="${name}"]`)] }

  /** @param {Element} place @param {string} name @param {number} index */
  #add(place, name, index) {
    const selector = place.getAttribute('data-template') ?? this.#kinds.get(name)?.template ?? ''
    const template = this.#root.querySelector(selector)
    const row = template instanceof HTMLTemplateElement ? template.content.firstElementChild?.cloneNode(true) : null
    if (!(row instanceof HTMLElement)) throw new Error(`no template ${selector} for rows ${name}`)
    const indexes = new Map([[name, index], ...around(place)])
    row.dataset.row = `${name}.${index}`
    number(row, indexes)
    place.append(row)
    for (const inner of row.querySelectorAll('[data-rows]')) {
      const kind = inner.getAttribute('data-rows') ?? ''
      for (let each = 0; each < this.count(kind); each++) this.#add(inner, kind, each)
    }
  }
}

/** @param {Element} field */
function nameOf(field) { return field.getAttribute('data-field') ?? '' }

/** `resource.{resource}.share.{activity}` as the pattern of the names it stands for. @param {string} written */
function patternOf(written) {
  const parts = written.split(/\{(\w+)\}/)
  const source = parts.map((part, place) => place % 2 ? `(?<${part}>0|[1-9]\\d?)` : part.replace(/[^\w]/g, '\\$&'))
  return new RegExp(`^${source.join('')}$`)
}

/** @param {Element} place @param {string} name */
function rowsIn(place, name) { return [...place.children].filter(row => row.getAttribute('data-row')?.startsWith(`${name}.`)) }

/** The rows that a place stands in. @param {Element} place @returns {[string, number][]} */
function around(place) {
  const row = place.closest('[data-row]')
  if (!row) return []
  const [name, index] = (row.getAttribute('data-row') ?? '').split('.')
  return [[name, Number(index)], ...(row.parentElement ? around(row.parentElement) : [])]
}

/** Put indexes and numbers in. @param {Element} row @param {Map<string, number>} indexes */
function number(row, indexes) {
  /** @param {string} text */
  const put = text => text.replace(/\{(\w+)(\+?)\}/g, (whole, name, plus) => {
    const index = indexes.get(name)
    return index === undefined ? whole : String(plus ? index + 1 : index)
  })
  for (const element of [row, ...row.querySelectorAll('*')]) {
    for (const attribute of element.attributes) if (attribute.value.includes('{')) attribute.value = put(attribute.value)
  }
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = /** @type {Text} */ (texts.currentNode)
    if (text.data.includes('{')) text.data = put(text.data)
  }
}

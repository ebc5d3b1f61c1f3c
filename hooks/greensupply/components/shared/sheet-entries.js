// @ts-check
/** What stands in the fields of a sheet, by name, as it was typed; numbers are read as the sheet's language writes them. */
import {read} from './numbers.js'
import {FIELDS, isChoice, setValue, speaks, valueOf} from './sheet-fields.js'
import {carried, written} from './sheet-file.js'

/** @typedef {import('./sheet-fields.js').SheetField} SheetField */
/** @typedef {{value: number} | {error: 'empty' | 'unreadable' | 'below' | 'above'} | {ambiguous: [number, number]}} SheetNumber */
/** @typedef {Record<string, string | number>} SheetExample numbers as numbers: they are written as the locale writes them */

export class Entries {
  #root
  #rows
  #locale
  /** @type {{rows: number, names: Map<string, SheetField[]>}} */
  #found = {rows: -1, names: new Map()}

  /** @param {HTMLElement} root @param {import('./sheet-rows.js').Rows} rows @param {string} locale */
  constructor(root, rows, locale) {
    this.#root = root
    this.#rows = rows
    this.#locale = locale
  }

  get #fields() { return /** @type {SheetField[]} */ ([...this.#root.querySelectorAll(FIELDS)]) }

  /** Fields by name; asked for often, so made once for each number of rows. */
  get #names() {
    if (this.#found.rows === this.#rows.changes) return this.#found.names
    /** @type {Map<string, SheetField[]>} */
    const names = new Map()
    for (const field of this.#fields) {
      const name = field.dataset.field ?? ''
      names.set(name, [...names.get(name) ?? [], field])
    }
    this.#found = {rows: this.#rows.changes, names}
    return names
  }

  /** Names of the fields there are now. */
  get names() { return this.#names.keys() }

  /** The first field that is written into. */
  get first() { return this.#fields.find(field => !isChoice(field)) }

  /** The field of that name; of radio buttons the one chosen. @param {string} name @returns {SheetField | null} */
  field(name) {
    const all = this.#names.get(name) ?? []
    return all.find(field => field instanceof HTMLInputElement && field.type === 'radio' && field.checked) ?? all[0] ?? null
  }

  /** Whether a field of that name, which may not be there yet, holds a number. @param {string} name */
  isNumber(name) { return (this.field(name) ?? this.#rows.field(name))?.hasAttribute('inputmode') ?? false }

  /** What a field for a number says. @param {string} name @returns {SheetNumber} */
  number(name) {
    const field = this.field(name)
    const reading = read(field?.value ?? '', this.#locale, field?.dataset.unit)
    if (!('value' in reading) || !field) return reading
    if (field.dataset.least !== undefined && reading.value < Number(field.dataset.least)) return {error: 'below'}
    if (field.dataset.most !== undefined && reading.value > Number(field.dataset.most)) return {error: 'above'}
    return reading
  }

  /** @param {string} name */
  text(name) { return (this.field(name)?.value ?? '').trim() }

  /** The value of a list, of radio buttons, or `on` or '' of a box. @param {string} name */
  choice(name) {
    const field = this.field(name)
    return field ? valueOf(field) : ''
  }

  /** What stands in every field. @returns {Record<string, string>} */
  all() { return Object.fromEntries(this.#fields.filter(speaks).map(field => [field.dataset.field, valueOf(field)])) }

  /** The choices outside of rows. */
  choices() {
    const chosen = Object.entries(this.all()).filter(([name]) => !this.#rows.indexes(name))
    return Object.fromEntries(chosen.filter(([name]) => isChoice(/** @type {SheetField} */ (this.field(name)))))
  }

  /** Everything without one row; the rows behind it move up. @param {string} kind @param {number} gone @returns {Record<string, string>} */
  without(kind, gone) {
    return Object.fromEntries(Object.entries(this.all()).flatMap(([name, text]) => {
      const indexes = this.#rows.indexes(name)
      const index = indexes?.get(kind)
      if (!indexes || index === undefined || index < gone) return [[name, text]]
      return index === gone ? [] : [[this.#rows.named(name, new Map([...indexes, [kind, index - 1]])), text]]
    }))
  }

  /** Put these in, and nothing else; there are then as many rows as they need. @param {SheetExample} entries */
  fill(entries) {
    const known = Object.entries(entries).filter(([name]) => this.#rows.knows(name))
    for (const [kind, count] of this.#rows.needed(known.map(([name]) => name))) this.#rows.resize(kind, count)
    const texts = new Map(known.map(([name, entry]) => [name, this.#written(name, entry)]))
    for (const field of this.#fields) setValue(field, texts.get(field.dataset.field ?? ''))
  }

  /** The same in the sheet's language. @param {Iterable<[string, string | number]>} entries @param {string} from the locale they were typed for; '' where it is not known */
  carried(entries, from) {
    return Object.fromEntries([...entries].map(([name, entry]) => {
      const typed = typeof entry === 'string' && this.isNumber(name)
      return [name, typed ? carried(entry, from, this.#locale) : entry]
    }))
  }

  /** For a file: numbers as numbers, where they can be read. @returns {[string, string | number][]} */
  plain() {
    return Object.entries(this.all()).map(([name, text]) => {
      const reading = this.isNumber(name) ? read(text, this.#locale, this.field(name)?.dataset.unit) : null
      return [name, reading && 'value' in reading ? reading.value : text]
    })
  }

  /** A number as its field takes it: `2,026` for a figure, `2026` for a name. @param {string} name @param {string | number} entry */
  #written(name, entry) {
    if (typeof entry === 'string') return entry
    return this.isNumber(name) ? written(entry, this.#locale) : String(entry)
  }
}

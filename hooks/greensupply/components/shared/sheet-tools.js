// @ts-check
/**
 * The buttons of a sheet, by their `data-do`: what each does, where the focus goes, and what is said of it.
 * `data-do="add" data-rows-of="resource"` adds a row, `data-do="remove"` inside a row removes it.
 */
import {write} from './numbers.js'
import {FIELDS} from './sheet-fields.js'
import {LARGEST_FILE, decoded, fileText, parseFile} from './sheet-file.js'
import {choose, give} from './sheet-parts.js'

/** @typedef {import('./sheet-entries.js').SheetExample} SheetExample */
/**
 * @typedef {{
 *   root: HTMLElement, rows: import('./sheet-rows.js').Rows, entries: import('./sheet-entries.js').Entries,
 *   options: import('./sheet.js').SheetOptions,
 * }} SheetParts
 */

export class Tools {
  #sheet
  #root
  #rows
  #entries
  #options
  /** @type {Record<string, SheetExample>} by the `data-example` of their buttons */
  #examples = {}
  /** @type {{entries: Record<string, string>, state: import('./sheet-file.js').SheetState, rows: string} | null} what *Undo* brings back; the kind of row removed */
  #before = null

  /** @param {import('./sheet.js').Sheet} sheet @param {SheetParts} parts */
  constructor(sheet, {root, rows, entries, options}) {
    this.#sheet = sheet
    this.#root = root
    this.#rows = rows
    this.#entries = entries
    this.#options = options
  }

  /** The kind of row that *Undo* brings back, '' for the whole sheet; undefined where there is nothing to undo. */
  get undoable() { return this.#before?.rows }

  /** Nothing can be undone any more. */
  forget() { this.#before = null }

  /** @param {Record<string, SheetExample>} examples @param {AbortSignal} signal */
  listen(examples, signal) {
    this.#examples = examples
    this.#root.addEventListener('click', event => this.#press(event), {signal})
    this.#root.addEventListener('keydown', event => { if (event.key === 'Escape') this.#keep() }, {signal})
    addEventListener('afterprint', () => this.#root.removeAttribute('data-printing'), {signal})
  }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('[data-do]') : null
    if (!(button instanceof HTMLElement)) return
    const {do: task, rowsOf = '', example = '', for: name = '', value} = button.dataset
    if (task === 'add') this.#add(rowsOf)
    else if (task === 'remove') this.#remove(button)
    else if (task === 'mean') this.#mean(name, Number(value))
    else if (task === 'example') this.#show(example)
    else if (task === 'clear') this.#clear()
    else if (task === 'undo') this.#undo()
    else if (task === 'save') this.#save()
    else if (task === 'load') choose(file => this.#load(file))
    else if (task === 'print') this.#print()
    else if (task === 'erase') this.#ask()
    else if (task === 'keep') this.#keep()
    else if (task === 'erase-all') this.#erase()
  }

  /** @param {string} kind of row */
  #add(kind) {
    const {most} = this.#rows.kind(kind) ?? {most: 0}
    const index = this.#rows.count(kind)
    if (index >= most) return this.#sheet.tell('sheet_most_rows', {most})
    this.#rows.resize(kind, index + 1)
    this.#sheet.edited()
    const field = this.#rows.first(kind, index)?.querySelector(FIELDS)
    if (field instanceof HTMLElement) field.focus()
    return this.#sheet.tell('sheet_row_added', {number: index + 1})
  }

  /** The row that the button stands in; those behind it move up. @param {HTMLElement} button */
  #remove(button) {
    const [kind, place] = (button.closest('[data-row]')?.getAttribute('data-row') ?? '').split('.')
    const {least} = this.#rows.kind(kind) ?? {least: 0}
    const count = this.#rows.count(kind)
    if (count <= least) return this.#sheet.tell('sheet_least_rows', {least})
    this.#remember(kind)
    this.#sheet.fill(this.#entries.without(kind, Number(place)))
    const row = this.#rows.first(kind, Math.min(Number(place), count - 2))
    if (row) row.tabIndex = -1
    this.#focus(row ?? `[data-do="add"][data-rows-of="${kind}"]`)
    return this.#sheet.tell('sheet_row_removed', {number: Number(place) + 1})
  }

  /** Never guess what `1.250` means: the learner says it. @param {string} name @param {number} value */
  #mean(name, value) {
    const field = this.#entries.field(name)
    if (!field) return
    field.value = write(value, this.#options.locale)
    field.focus()
    this.#sheet.edited()
  }

  /** @param {string} name of the example */
  #show(name) {
    this.#remember()
    this.#sheet.fill(this.#examples[name] ?? {})
    this.#sheet.state = 'example'
    this.#sheet.tell('sheet_example_shown')
  }

  /** Empty the sheet for the learner's own figures, with a row of each kind; lists outside of rows keep their choice. */
  #clear() {
    this.#remember()
    this.#sheet.fill(this.#entries.choices())
    for (const {name, least, most} of this.#options.rows ?? []) this.#rows.resize(name, Math.min(Math.max(least, 1), most))
    this.#sheet.state = 'own'
    this.#entries.first?.focus()
    this.#sheet.tell('sheet_cleared')
  }

  #undo() {
    if (!this.#before) return
    const {entries, state, rows} = this.#before
    this.#before = null
    this.#sheet.fill(entries)
    this.#sheet.state = state
    this.#focus(rows ? `[data-do="add"][data-rows-of="${rows}"]` : '.said')
    this.#sheet.tell('sheet_undone')
  }

  #save() {
    const file = `${this.#options.kind}.json`
    give(file, fileText(this.#options, this.#entries.plain()))
    this.#sheet.tell('sheet_saved', {file})
  }

  /** A file that is refused changes nothing. @param {File} file */
  async #load(file) {
    const text = file.size > LARGEST_FILE ? null : decoded(await file.arrayBuffer().catch(() => new ArrayBuffer(0)))
    const found = text === null ? {refused: /** @type {const} */ ('large')} : parseFile(text, this.#options, name => this.#rows.knows(name))
    if ('refused' in found) return this.#sheet.tell(`sheet_refused_${found.refused}`, {file: file.name})
    this.#remember()
    this.#sheet.fill(this.#entries.carried(found.entries, found.locale))
    this.#sheet.state = 'own'
    return this.#sheet.tell('sheet_loaded', {file: file.name})
  }

  #print() {
    this.#root.setAttribute('data-printing', '')
    print()
  }

  #ask() {
    this.#part('.sure')?.removeAttribute('hidden')
    this.#focus('[data-do="keep"]')
  }

  #keep() {
    if (this.#part('.sure')?.hidden ?? true) return
    this.#part('.sure')?.setAttribute('hidden', '')
    this.#focus('[data-do="erase"]')
  }

  #erase() {
    this.#part('.sure')?.setAttribute('hidden', '')
    this.#sheet.erase()
    this.#focus('.said')
    this.#sheet.tell('sheet_erased')
  }

  /** @param {string} [rows] the kind of row of which one goes */
  #remember(rows = '') { this.#before = {entries: this.#entries.all(), state: this.#sheet.state, rows} }

  /** @param {HTMLElement | string} part */
  #focus(part) { (typeof part === 'string' ? this.#part(part) : part)?.focus() }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement | null} */ (this.#root.querySelector(selector)) }
}

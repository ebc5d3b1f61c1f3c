// @ts-check
/**
 * A sheet of fields that a learner fills, for the calculators; `sheet.html` has the parts around it, `sheet.css` their look.
 * `data-field="resource.0.amount"` names a field; one with `inputmode` holds a number, within `data-least` and `data-most`.
 * `data-do="add" data-rows-of="resource"` adds a row, `data-do="remove"` inside a row removes it.
 * `data-mirror="resource.0.name"` shows what a field holds, or its `data-fallback`. Rows: see `sheet-rows.js`.
 */
import {Keep} from './keep.js'
import {read, write} from './numbers.js'
import {attend, say} from './page.js'
import {FIELDS, besideOf, isChoice, putBeside, setValue, speaks, valueOf} from './sheet-fields.js'
import {KEPT_SHEET, LARGEST_FILE, carried, decoded, fileText, parseFile, written} from './sheet-file.js'
import {choose, give, showEnds, showMirrors, showTroubles} from './sheet-parts.js'
import {Rows} from './sheet-rows.js'

/** @typedef {import('./sheet-fields.js').SheetField} SheetField */
/** @typedef {{value: number} | {error: 'empty' | 'unreadable' | 'below' | 'above'} | {ambiguous: [number, number]}} SheetNumber */
/** @typedef {Record<string, string | number>} SheetExample numbers as numbers: they are written as the locale writes them */
/** @typedef {import('./sheet-file.js').SheetState} SheetState */
/**
 * @typedef {{
 *   kind: string, version: number, locale: string, words: Record<string, string>, rows?: import('./sheet-rows.js').RowKind[],
 * }} SheetOptions `words` hold those of `shared/words.yml` too
 */

/** Marks the elements whose sheet is filled: an element can be moved, and its sheet made anew. */
const filled = new WeakMap()

/** Tells `change` after every edit, once for all edits before the next frame. */
export class Sheet extends EventTarget {
  #root
  #options
  #rows
  #keep
  #listening = new AbortController()
  /** @type {SheetExample} */
  #example = {}
  /** @type {Record<string, SheetExample>} */
  #others = {}
  /** @type {SheetState} */
  #state = 'example'
  /** @type {{entries: Record<string, string>, state: SheetState, rows: string} | null} what *Undo* brings back; the kind of row removed */
  #before = null
  /** @type {{rows: number, names: Map<string, SheetField[]>}} */
  #found = {rows: -1, names: new Map()}
  #frame = 0
  #dirty = false
  /** @type {Map<string, string>} what the calculator says beside its fields */
  #problems = new Map()
  /** Name of the field that is being typed in: its problem waits until the learner is done. */
  #typing = ''

  /** @param {HTMLElement} root @param {SheetOptions} options */
  constructor(root, options) {
    super()
    this.#root = root
    this.#options = options
    this.#rows = new Rows(root, options.rows ?? [])
    this.#keep = new Keep(`greensupply.sheet.${options.kind}`, {n: 0, state: 'example', locale: options.locale, entries: null}, KEPT_SHEET)
  }

  /** `example`: the worked example as given; `changed`: the learner changed it; `own`: the learner's own figures. */
  get state() { return this.#state }

  /**
   * Fill in what this device keeps, else the example, and listen.
   * @param {SheetExample} example
   * @param {Record<string, SheetExample>} [others] by the `data-example` of the buttons that show them
   */
  start(example, others = {}) {
    this.#example = example
    this.#others = others
    const {signal} = this.#listening
    this.#root.addEventListener('input', event => this.#typed(event), {signal})
    this.#root.addEventListener('change', event => this.#left(event), {signal})
    this.#root.addEventListener('focusout', event => this.#left(event), {signal})
    this.#root.addEventListener('keydown', event => this.#key(event), {signal})
    this.#root.addEventListener('click', event => this.#press(event), {signal})
    this.#keep.addEventListener('change', event => {
      if (event instanceof CustomEvent && !event.detail.here) this.#open()
    }, {signal})
    attend(this.#keep)
    addEventListener('pagehide', () => this.#flush(), {signal})
    addEventListener('afterprint', () => this.#root.removeAttribute('data-printing'), {signal})
    this.#state = filled.get(this.#root) ?? 'example'
    if (!filled.has(this.#root)) this.#open()
    this.#dirty = false
    this.#flush()
  }

  /** Stop listening: the element leaves the page. */
  stop() {
    this.#flush()
    this.#listening.abort()
  }

  /** What a field for a number says. @param {string} name @returns {SheetNumber} */
  number(name) {
    const field = this.#field(name)
    const reading = read(field?.value ?? '', this.#options.locale, field?.dataset.unit)
    if (!('value' in reading) || !field) return reading
    if (field.dataset.least !== undefined && reading.value < Number(field.dataset.least)) return {error: 'below'}
    if (field.dataset.most !== undefined && reading.value > Number(field.dataset.most)) return {error: 'above'}
    return reading
  }

  /** The number in a field; `blank` where it is empty; null where it cannot be used. @param {string} name @param {number | null} [blank] */
  value(name, blank = null) {
    const found = this.number(name)
    if ('value' in found) return found.value
    return 'error' in found && found.error === 'empty' ? blank : null
  }

  /** @param {string} name */
  text(name) { return (this.#field(name)?.value ?? '').trim() }

  /** The value of a list, of radio buttons, or `on` or '' of a box. @param {string} name */
  choice(name) {
    const field = this.#field(name)
    return field ? valueOf(field) : ''
  }

  /** @param {string} name of the kind of row */
  count(name) { return this.#rows.count(name) }

  /** @param {string} name of the kind of row */
  addRow(name) {
    const kind = this.#rows.kind(name)
    const index = this.count(name)
    if (!kind || index >= kind.most) return this.#tell('sheet_most_rows', {most: kind?.most ?? 0})
    this.#rows.resize(name, index + 1)
    this.#edited()
    const row = this.#rows.first(name, index)
    const field = row?.querySelector(FIELDS)
    if (field instanceof HTMLElement) field.focus()
    return this.#tell('sheet_row_added', {number: index + 1})
  }

  /** The rows behind it move up. @param {string} name of the kind of row @param {number} index */
  removeRow(name, index) {
    const kind = this.#rows.kind(name)
    const count = this.count(name)
    if (!kind || index >= count) return undefined
    if (count <= kind.least) return this.#tell('sheet_least_rows', {least: kind.least})
    const before = {entries: this.entries(), state: this.#state, rows: name}
    const left = Object.entries(before.entries).flatMap(([field, text]) => {
      const place = this.#rows.indexes(field)?.get(name)
      if (place === undefined || place < index) return [/** @type {const} */ ([field, text])]
      return place === index ? [] : [/** @type {const} */ ([this.#moved(field, name, place - 1), text])]
    })
    this.#rows.resize(name, count - 1)
    this.#put(Object.fromEntries(left))
    this.#edited()
    this.#before = before
    const row = this.#rows.first(name, Math.min(index, count - 2))
    const next = row ?? this.#root.querySelector(`[data-do="add"][data-rows-of="${name}"]`)
    if (row) row.tabIndex = -1
    if (next instanceof HTMLElement) next.focus()
    return this.#tell('sheet_row_removed', {number: index + 1})
  }

  /** Put these in, and nothing else; there are then as many rows as they need. @param {SheetExample} entries */
  fill(entries) {
    const known = Object.entries(entries).filter(([name]) => this.#rows.knows(name))
    for (const [kind, count] of this.#rows.needed(known.map(([name]) => name))) this.#rows.resize(kind, count)
    this.#put(Object.fromEntries(known.map(([name, entry]) => [name, typeof entry === 'number' ? this.#write(name, entry) : entry])))
    this.#edited()
  }

  /** What stands in every field, as it was typed. @returns {Record<string, string>} */
  entries() {
    return Object.fromEntries(this.#fields.filter(speaks).map(field => [field.dataset.field, valueOf(field)]))
  }

  /** Empty the sheet for the learner's own figures, with a row of each kind; lists outside of rows keep their choice. */
  clear() {
    this.#remember()
    const choices = Object.entries(this.entries()).filter(([name]) => this.#isChoice(name) && !this.#rows.indexes(name))
    this.fill(Object.fromEntries(choices))
    for (const {name, least, most} of this.#options.rows ?? []) this.#rows.resize(name, Math.min(Math.max(least, 1), most))
    this.#state = 'own'
    this.#fields.find(field => !isChoice(field))?.focus()
    this.#tell('sheet_cleared')
  }

  /** Give the sheet as a file, `<kind>.json`. */
  save() {
    const entries = Object.entries(this.entries()).map(([name, text]) => {
      const reading = this.#isNumber(name) ? read(text, this.#options.locale, this.#field(name)?.dataset.unit) : null
      return /** @type {[string, string | number]} */ ([name, reading && 'value' in reading ? reading.value : text])
    })
    const file = `${this.#options.kind}.json`
    give(file, fileText(this.#options, entries))
    this.#tell('sheet_saved', {file})
  }

  /** Fill in a saved file; one that is refused changes nothing. @param {File} file */
  async load(file) {
    const text = file.size > LARGEST_FILE ? null : decoded(await file.arrayBuffer().catch(() => new ArrayBuffer(0)))
    const found = text === null ? {refused: /** @type {const} */ ('large')} : parseFile(text, this.#options, name => this.#rows.knows(name))
    if ('refused' in found) return this.#tell(`sheet_refused_${found.refused}`, {file: file.name})
    this.#remember()
    this.fill(Object.fromEntries([...found.entries].map(([name, entry]) => [name, this.#carry(name, entry, found.locale)])))
    this.#state = 'own'
    return this.#tell('sheet_loaded', {file: file.name})
  }

  /** Show a message beside a field, or take it away. @param {string} name @param {string | null} text */
  problem(name, text) {
    if (text === (this.#problems.get(name) ?? null)) return
    if (text === null) this.#problems.delete(name)
    else this.#problems.set(name, text)
    this.#showProblem(name)
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

  /** The field of that name; of radio buttons the one chosen. @param {string} name @returns {SheetField | null} */
  #field(name) {
    const all = this.#names.get(name) ?? []
    return all.find(field => field instanceof HTMLInputElement && field.type === 'radio' && field.checked) ?? all[0] ?? null
  }

  /** @param {string} name */
  #isChoice(name) {
    const field = this.#field(name)
    return field !== null && isChoice(field)
  }

  /** @param {string} name */
  #isNumber(name) { return this.#field(name)?.hasAttribute('inputmode') ?? false }

  /** @param {string} name @param {string} kind @param {number} index */
  #moved(name, kind, index) {
    const before = /** @type {Map<string, number>} */ (this.#rows.indexes(name))
    return this.#rows.named(name, new Map([...before, [kind, index]]))
  }

  /** @param {Record<string, string>} entries by name; a field without one is emptied, a list takes its first choice */
  #put(entries) {
    const texts = new Map(Object.entries(entries))
    for (const field of this.#fields) setValue(field, texts.get(field.dataset.field ?? ''))
  }

  /** @param {string} name @param {string | number} entry @param {string} locale that it was typed for */
  #carry(name, entry, locale) {
    if (typeof entry === 'number') return this.#write(name, entry)
    return this.#numeric(name) ? carried(entry, locale, this.#options.locale) : entry
  }

  /** A number as its field takes it: `2,026` for a figure, `2026` for a name. @param {string} name @param {number} value */
  #write(name, value) { return this.#numeric(name) ? written(value, this.#options.locale) : String(value) }

  /** Whether a field of that name, which may not be there yet, holds a number. @param {string} name */
  #numeric(name) { return this.#rows.field(name)?.hasAttribute('inputmode') ?? false }

  /** Show what this device keeps, or the example. */
  #open() {
    const {entries, state, locale} = this.#keep.kept
    if (entries) this.fill(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, this.#carry(name, text, locale)])))
    else this.fill(this.#example)
    this.#state = entries ? state : 'example'
    this.#before = null
    this.#dirty = false
  }

  #remember() { this.#before = {entries: this.entries(), state: this.#state, rows: ''} }

  /** @param {Event} event */
  #typed({target}) {
    const field = target instanceof Element ? target.closest(FIELDS) : null
    if (!field) return
    this.#typing = field.getAttribute('data-field') ?? ''
    this.#before = null
    this.#edited()
  }

  /** The learner is done with a field. @param {Event} event */
  #left({target}) {
    if (!(target instanceof Element) || !target.closest(FIELDS)) return
    this.#typing = ''
    this.#schedule()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Escape') this.#keepAll()
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    this.#left(event)
  }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('[data-do]') : null
    if (!(button instanceof HTMLElement)) return
    const task = button.dataset.do
    const [name, index] = (button.closest('[data-row]')?.getAttribute('data-row') ?? '').split('.')
    if (task === 'add') this.addRow(button.dataset.rowsOf ?? '')
    else if (task === 'remove') this.removeRow(name, Number(index))
    else if (task === 'mean') this.#mean(button)
    else if (task === 'example') this.#showExample(button.dataset.example)
    else if (task === 'clear') this.clear()
    else if (task === 'undo') this.#undo()
    else if (task === 'save') this.save()
    else if (task === 'load') choose(file => this.load(file))
    else if (task === 'print') this.#print()
    else if (task === 'erase') this.#ask()
    else if (task === 'keep') this.#keepAll()
    else if (task === 'erase-all') this.#erase()
  }

  /** Never guess what `1.250` means. @param {HTMLElement} button */
  #mean(button) {
    const field = this.#field(button.dataset.for ?? '')
    if (!field) return
    field.value = write(Number(button.dataset.value), this.#options.locale)
    field.focus()
    this.#edited()
  }

  /** @param {string | undefined} name */
  #showExample(name) {
    this.#remember()
    this.fill(this.#others[name ?? ''] ?? this.#example)
    this.#state = 'example'
    this.#tell('sheet_example_shown')
  }

  #undo() {
    if (!this.#before) return
    const {entries, state, rows} = this.#before
    this.#before = null
    this.fill(entries)
    this.#state = state
    this.#part(rows ? `[data-do="add"][data-rows-of="${rows}"]` : '.said')?.focus()
    this.#tell('sheet_undone')
  }

  #print() {
    this.#root.setAttribute('data-printing', '')
    print()
  }

  #ask() {
    const sure = this.#part('.sure')
    if (!sure) return
    sure.hidden = false
    this.#part('[data-do="keep"]')?.focus()
  }

  #keepAll() {
    const sure = this.#part('.sure')
    if (!sure || sure.hidden) return
    sure.hidden = true
    this.#part('[data-do="erase"]')?.focus()
  }

  #erase() {
    const sure = this.#part('.sure')
    if (sure) sure.hidden = true
    this.#keep.change(kept => { Object.assign(kept, {n: kept.n + 1, state: 'example', entries: null}) })
    this.#open()
    this.#part('.said')?.focus()
    this.#tell('sheet_erased')
  }

  #edited() {
    if (this.#state === 'example') this.#state = 'changed'
    this.#dirty = true
    this.#schedule()
  }

  #schedule() { if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#flush()) }

  #flush() {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    filled.set(this.#root, this.#state)
    if (this.#dirty) this.#store()
    this.#dirty = false
    this.#show()
    this.dispatchEvent(new Event('change'))
  }

  /** The example is not kept: it is in the page. */
  #store() {
    const entries = this.#state === 'example' ? null : this.entries()
    if (!entries && !this.#keep.kept.entries) return
    const {locale} = this.#options
    this.#keep.change(kept => { Object.assign(kept, {n: kept.n + 1, state: this.#state, locale, entries}) })
  }

  #show() {
    this.#root.dataset.sheet = this.#state
    showMirrors(this.#root, name => this.text(name))
    showEnds(this.#root, this.#rows)
    for (const name of this.#names.keys()) this.#showProblem(name)
    for (const undo of this.#root.querySelectorAll('[data-do="undo"]')) {
      undo.toggleAttribute('hidden', !this.#before || ![null, this.#before.rows].includes(undo.getAttribute('data-rows-of')))
    }
    const state = this.#part('.sheet-state')
    if (state) state.textContent = this.#say(`sheet_state_${this.#state}`)
    showTroubles(this.#root, this.#keep.troubles, trouble => this.#say(`sheet_storage_${trouble}`))
  }

  /** @param {string} name */
  #showProblem(name) {
    const field = this.#field(name)
    if (!field) return
    const reading = this.#isNumber(name) ? this.number(name) : null
    const {locale} = this.#options
    const values = {text: field.value.trim(), example: write(1250.5, locale), least: write(Number(field.dataset.least), locale), most: write(Number(field.dataset.most), locale)}
    let text = this.#problems.get(name) ?? ''
    if (reading && 'ambiguous' in reading) text = this.#say('sheet_ambiguous', values)
    else if (reading && 'error' in reading && reading.error !== 'empty') text = this.#say(`sheet_${reading.error}`, values)
    const before = besideOf(field)
    if (before === text || (!before && this.#typing === name)) return // nothing new is said while the learner types
    const id = `${this.#options.kind}-${name.replace(/\./g, '-')}-problem`
    putBeside(field, text, {id, readings: reading && 'ambiguous' in reading ? reading.ambiguous : [], locale})
  }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement | null} */ (this.#root.querySelector(selector)) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return say(this.#options, name, values) }

  /** Say in the live region what came of a press. @param {string} name @param {Values} [values] */
  #tell(name, values) {
    const said = this.#part('.said')
    if (said) said.textContent = this.#say(name, values)
    this.#flush()
  }
}

// @ts-check
/**
 * A sheet of fields that a learner fills, for the calculators; `sheet.html` has the parts around it, `sheet.css` their look.
 * `data-field="resource.0.amount"` names a field; one with `inputmode` holds a number, within `data-least` and `data-most`.
 * `data-mirror="resource.0.name"` shows what a field holds, or its `data-fallback`.
 *
 * `sheet-entries.js`: what stands in the fields; `sheet-rows.js`: rows that come and go; `sheet-problems.js`: messages beside
 * fields; `sheet-tools.js`: buttons; `sheet-file.js`: what is kept and saved; `sheet-parts.js`: what is shown around the fields.
 */
import {Keep} from './keep.js'
import {attend, say} from './page.js'
import {Entries} from './sheet-entries.js'
import {FIELDS} from './sheet-fields.js'
import {KEPT_SHEET} from './sheet-file.js'
import {showEnds, showMirrors, showTroubles, showUndo} from './sheet-parts.js'
import {Problems} from './sheet-problems.js'
import {Rows} from './sheet-rows.js'
import {Tools} from './sheet-tools.js'

/** @typedef {import('./sheet-entries.js').SheetExample} SheetExample */
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
  #entries
  #problems
  #tools
  #keep
  #listening = new AbortController()
  /** @type {SheetExample} */
  #example = {}
  /** @type {SheetState} */
  #state = 'example'
  #frame = 0
  #dirty = false

  /** @param {HTMLElement} root @param {SheetOptions} options */
  constructor(root, options) {
    super()
    this.#root = root
    this.#options = options
    this.#rows = new Rows(root, options.rows ?? [])
    this.#entries = new Entries(root, this.#rows, options.locale)
    this.#problems = new Problems(this.#entries, options)
    this.#tools = new Tools(this, {root, rows: this.#rows, entries: this.#entries, options})
    this.#keep = new Keep(`greensupply.sheet.${options.kind}`, {n: 0, state: 'example', locale: options.locale, entries: null}, KEPT_SHEET)
  }

  /** `example`: the worked example as given; `changed`: the learner changed it; `own`: the learner's own figures. */
  get state() { return this.#state }
  set state(state) { this.#state = state }

  /**
   * Fill in what this device keeps, else the example, and listen.
   * @param {SheetExample} example
   * @param {Record<string, SheetExample>} [others] by the `data-example` of the buttons that show them
   */
  start(example, others = {}) {
    this.#example = example
    const {signal} = this.#listening
    this.#root.addEventListener('input', event => this.#typed(event), {signal})
    this.#root.addEventListener('change', event => this.#left(event), {signal})
    this.#root.addEventListener('focusout', event => this.#left(event), {signal})
    this.#root.addEventListener('keydown', event => this.#key(event), {signal})
    this.#tools.listen({'': example, ...others}, signal)
    this.#keep.addEventListener('change', event => {
      if (event instanceof CustomEvent && !event.detail.here) this.#open()
    }, {signal})
    attend(this.#keep)
    addEventListener('pagehide', () => this.#flush(), {signal})
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

  /** What a field for a number says. @param {string} name */
  number(name) { return this.#entries.number(name) }

  /** The number in a field; `blank` where it is empty; null where it cannot be used. @param {string} name @param {number | null} [blank] */
  value(name, blank = null) {
    const found = this.number(name)
    if ('value' in found) return found.value
    return 'error' in found && found.error === 'empty' ? blank : null
  }

  /** @param {string} name */
  text(name) { return this.#entries.text(name) }

  /** The value of a list, of radio buttons, or `on` or '' of a box. @param {string} name */
  choice(name) { return this.#entries.choice(name) }

  /** @param {string} name of the kind of row */
  count(name) { return this.#rows.count(name) }

  /** What stands in every field, as it was typed. */
  entries() { return this.#entries.all() }

  /** Put these in, and nothing else; there are then as many rows as they need. @param {SheetExample} entries */
  fill(entries) {
    this.#entries.fill(entries)
    this.edited()
  }

  /** Show a message beside a field, or take it away. @param {string} name @param {string | null} text */
  problem(name, text) { this.#problems.put(name, text) }

  /** Leave no entry on this device, and show the example. */
  erase() {
    this.#keep.change(kept => { Object.assign(kept, {n: kept.n + 1, state: 'example', entries: null}) })
    this.#open()
  }

  /** Say in the live region what came of a press. @param {string} name @param {Values} [values] */
  tell(name, values) {
    const said = this.#part('.said')
    if (said) said.textContent = this.#say(name, values)
    this.#flush()
  }

  /** Show what this device keeps, or the example. */
  #open() {
    const {entries, state, locale} = this.#keep.kept
    this.fill(entries ? this.#entries.carried(Object.entries(entries), locale) : this.#example)
    this.#state = entries ? state : 'example'
    this.#tools.forget()
    this.#dirty = false
  }

  /** @param {Event} event */
  #typed({target}) {
    const field = target instanceof Element ? target.closest(FIELDS) : null
    if (!field) return
    this.#problems.typing = field.getAttribute('data-field') ?? ''
    this.#tools.forget()
    this.edited()
  }

  /** The learner is done with a field. @param {Event} event */
  #left({target}) {
    if (!(target instanceof Element) || !target.closest(FIELDS)) return
    this.#problems.typing = ''
    this.#schedule()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    this.#left(event)
  }

  /** Something was entered: what follows from it is shown before the next frame. */
  edited() {
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
    this.#problems.show()
    showUndo(this.#root, this.#tools.undoable)
    const state = this.#part('.sheet-state')
    if (state) state.textContent = this.#say(`sheet_state_${this.#state}`)
    showTroubles(this.#root, this.#keep.troubles, trouble => this.#say(`sheet_storage_${trouble}`))
  }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement | null} */ (this.#root.querySelector(selector)) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return say(this.#options, name, values) }
}

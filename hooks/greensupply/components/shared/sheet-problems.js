// @ts-check
/** What is wrong with an entry, said beside its field: that it cannot be read, or what the calculator says of it. */
import {write} from './numbers.js'
import {say} from './page.js'
import {besideOf, putBeside} from './sheet-fields.js'

export class Problems {
  #entries
  #options
  /** @type {Map<string, string>} what the calculator says, by field */
  #said = new Map()
  /** Name of the field that is being typed in: its problem waits until the learner is done. */
  typing = ''

  /** @param {import('./sheet-entries.js').Entries} entries @param {{kind: string, locale: string, words: Record<string, string>}} options */
  constructor(entries, options) {
    this.#entries = entries
    this.#options = options
  }

  /** @param {string} name @param {string | null} text null takes it away */
  put(name, text) {
    if (text === (this.#said.get(name) ?? null)) return
    if (text === null) this.#said.delete(name)
    else this.#said.set(name, text)
    this.#show(name)
  }

  show() { for (const name of this.#entries.names) this.#show(name) }

  /** @param {string} name */
  #show(name) {
    const field = this.#entries.field(name)
    if (!field) return
    const reading = this.#entries.isNumber(name) ? this.#entries.number(name) : null
    const text = this.#text(field, reading) || (this.#said.get(name) ?? '')
    const before = besideOf(field)
    if (before === text || (!before && this.typing === name)) return // nothing new is said while the learner types
    const id = `${this.#options.kind}-${name.replace(/\./g, '-')}-problem`
    const readings = reading && 'ambiguous' in reading ? reading.ambiguous : []
    putBeside(field, text, {id, readings, locale: this.#options.locale})
  }

  /** @param {import('./sheet-fields.js').SheetField} field @param {import('./sheet-entries.js').SheetNumber | null} reading */
  #text({value, dataset: {least, most}}, reading) {
    if (!reading || 'value' in reading || ('error' in reading && reading.error === 'empty')) return ''
    const number = (/** @type {string | undefined} */ bound) => write(Number(bound), this.#options.locale)
    const values = {text: value.trim(), example: number('1250.5'), least: number(least), most: number(most)}
    return say(this.#options, `sheet_${'ambiguous' in reading ? 'ambiguous' : reading.error}`, values)
  }
}

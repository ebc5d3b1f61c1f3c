// @ts-check
/** What a sheet keeps on the device and in files, and how it is read back. Pure: no page, no storage. */
import {isCount, isMap} from './keep.js'
import {read, write} from './numbers.js'

/** @typedef {'example' | 'changed' | 'own'} SheetState the worked example as given, or changed; the learner's own */
/** What stands in the fields, as it was typed, and for which locale; null: nothing is kept.
 * @typedef {{n: number, state: SheetState, locale: string, entries: Record<string, string> | null}} KeptSheet
 */
/** @typedef {'large' | 'unreadable' | 'other' | 'newer' | 'empty'} Refusal */
/** @typedef {{entries: Map<string, string | number>, locale: string} | {refused: Refusal}} SheetFile */

export const LARGEST_FILE = 1_000_000
export const LONGEST_TEXT = 200
const LOCALE = /^(en|es|fr)(-[A-Z]{2})?$/
const FIELD = /^[a-z][\w.-]{0,80}$/i
const STATES = ['example', 'changed', 'own']
const LARGEST_NUMBER = 1e15

/** How a sheet is kept: of two tabs, the later edit. @type {Form<KeptSheet>} */
export const KEPT_SHEET = {
  version: 1,
  plain: ({n, state, locale, entries}) => ({n, state, locale, entries}),
  parse({n, state, locale, entries}) {
    if (!isCount(n) || !STATES.includes(state) || !LOCALE.test(locale)) return {damaged: true}
    if (entries !== null && !isMap(entries)) return {damaged: true}
    return {kept: {n, state, locale, entries: entries && texts(entries)}}
  },
  merge: (one, other) => (later(one, other) ? one : other),
}

/**
 * The text of a file; numbers as machines write them, so that it opens in every language.
 * @param {{kind: string, version: number, locale: string}} about
 * @param {[string, string | number][]} entries
 */
export function fileText({kind, version, locale}, entries) {
  return `${JSON.stringify({kind, version, locale, entries: Object.fromEntries(entries)}, null, 1)}\n`
}

/** The text of a file; '' where it is not UTF-8, as every browser sees it. @param {ArrayBuffer} bytes */
export function decoded(bytes) {
  try { return new TextDecoder('utf-8', {fatal: true}).decode(bytes) } catch { return '' }
}

/**
 * What a file holds for this sheet, or why it is refused. Names that the sheet does not know are left out.
 * @param {string} text
 * @param {{kind: string, version: number}} sheet
 * @param {(name: string) => boolean} knows
 * @returns {SheetFile}
 */
export function parseFile(text, sheet, knows) {
  let found
  try { found = JSON.parse(text) } catch { return {refused: 'unreadable'} }
  if (!isMap(found)) return {refused: 'unreadable'}
  const {kind, version, locale, entries} = found
  if (kind !== sheet.kind) return {refused: 'other'}
  if (!isCount(version) || version < 1 || !isMap(entries)) return {refused: 'unreadable'}
  if (version > sheet.version) return {refused: 'newer'}
  /** @type {Map<string, string | number>} */
  const sound = new Map()
  for (const [name, value] of Object.entries(entries)) {
    if (!FIELD.test(name) || !knows(name)) continue
    if (typeof value === 'string') sound.set(name, clean(value))
    else if (typeof value === 'number' && Number.isFinite(value)) sound.set(name, value)
  }
  return sound.size ? {entries: sound, locale: LOCALE.test(locale) ? locale : ''} : {refused: 'empty'}
}

/**
 * A number for a field, as the locale writes it; as machines do where its digits would not survive, so that it is asked about.
 * @param {number} value
 * @param {string} locale
 */
export function written(value, locale) {
  const text = write(value, locale)
  const back = read(text, locale)
  const same = 'value' in back && Math.abs(back.value - value) <= 1e-9 * Math.abs(value)
  return Math.abs(value) < LARGEST_NUMBER && same ? text : String(value)
}

/**
 * What was typed into a field for a number, in another language; marked with `?` where it would change its meaning there.
 * @param {string} text
 * @param {string} from locale; '' where it is not known
 * @param {string} to locale
 */
export function carried(text, from, to) {
  if (!text.trim() || from.slice(0, 2) === to.slice(0, 2)) return text
  const meant = from ? read(text, from) : null
  if (meant && 'value' in meant) return written(meant.value, to)
  return 'error' in read(text, to) ? text : `${text} ?`
}

/** Plain text of a sensible length. @param {string} text */
export function clean(text) {
  return [...text.replace(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g, ' ')].slice(0, LONGEST_TEXT).join('')
}

/** @param {Record<string, unknown>} found */
function texts(found) {
  const sound = Object.entries(found).filter(([name, text]) => FIELD.test(name) && typeof text === 'string')
  return Object.fromEntries(sound.map(([name, text]) => [name, clean(String(text))]))
}

/** @param {KeptSheet} one @param {KeptSheet} other */
function later(one, other) { return one.n === other.n ? JSON.stringify(one) >= JSON.stringify(other) : one.n > other.n }

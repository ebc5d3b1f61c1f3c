// @ts-check
/** A learner's progress as a file, and what of a file may be taken over. Pure: no page, no storage. */
import {isCount, isMap} from './keep.js'
import {clean} from './sheet-file.js'

/** @typedef {'module' | 'record' | 'learner'} PartKind */
/** One value of a file, as the device stores it under `key`; no text: it is damaged. @typedef {{kind: PartKind, id: string, key: string, text: string}} Part */
/** @typedef {'unreadable' | 'other' | 'newer' | 'empty'} FileRefusal */
/** `site` and `learner` are '' where the file does not say. @typedef {{site: string, learner: string, parts: Part[]}} ProgressFile */

const KIND = 'greensupply-progress'
const VERSION = 1
export const LARGEST_FILE = 1_000_000
const KEY = /^greensupply\.(module|record)\.([a-z0-9]+(?:-[a-z0-9]+)*)$|^greensupply\.(learner)$/
const IDENTIFIER = /^[a-z0-9]+(-[a-z0-9]+)*$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** No learner comes near these; with larger ones a file could stop what comes after from ever counting. */
const MOST = {answers: 1000, count: 1_000_000, revision: 9999, digest: 100, records: 100, id: 64}

/**
 * The text of a file. What waits to be sent stays behind: it would be sent from two devices.
 * @param {{site: string, date: string}} about
 * @param {Iterable<[string, string]>} stored every key of this site on the device, with its text
 * @returns {string} '' if there is nothing to give
 */
export function progressText({site, date}, stored) {
  /** @type {Record<string, [string, unknown][]>} */
  const found = {module: [], record: [], learner: []}
  for (const [key, text] of stored) {
    const [, kind, id, learner] = KEY.exec(key) ?? []
    const value = parsed(text)
    if (isMap(value) && (kind || learner)) found[kind ?? learner].push([id, value])
  }
  if (!found.module.length && !found.record.length) return ''
  const [modules, records] = [found.module, found.record].map(part => Object.fromEntries(part.sort()))
  return `${JSON.stringify({kind: KIND, version: VERSION, date, site, learner: found.learner[0]?.[1] ?? null, modules, records}, null, 1)}\n`
}

/** What a file holds, or why it is refused. Names that we do not know are left out. @param {string} text @returns {ProgressFile | {refused: FileRefusal}} */
export function parseProgress(text) {
  const found = parsed(text)
  if (!isMap(found)) return {refused: 'unreadable'}
  const {kind, version, site, learner, modules, records} = found
  if (kind !== KIND) return {refused: 'other'}
  if (!isCount(version) || version < 1) return {refused: 'unreadable'}
  if (version > VERSION) return {refused: 'newer'}
  if (![modules, records, learner ?? {}].every(isMap)) return {refused: 'unreadable'}
  const parts = [...partsOf('module', modules, isSoundModule), ...partsOf('record', records, areSoundRecords)]
  if (!parts.length) return {refused: 'empty'}
  if (learner) parts.push({kind: 'learner', id: '', key: 'greensupply.learner', text: isSoundLearner(learner) ? JSON.stringify(learner) : ''})
  const name = isMap(learner) && UUID.test(String(learner.name)) ? String(learner.name) : ''
  return {site: typeof site === 'string' ? clean(site) : '', learner: name, parts}
}

/**
 * @param {PartKind} kind
 * @param {Record<string, any>} values
 * @param {(value: any, id: string) => boolean} isSound
 * @returns {Part[]}
 */
function partsOf(kind, values, isSound) {
  return Object.entries(values)
    .filter(([id]) => IDENTIFIER.test(id) && id.length <= MOST.id)
    .map(([id, value]) => ({kind, id, key: `greensupply.${kind}.${id}`, text: isSound(value, id) || isNewer(value) ? JSON.stringify(value) : ''}))
}

/** Made by a newer site: it is for the one who takes it over to say so. @param {unknown} value */
function isNewer(value) { return isMap(value) && isCount(value.v) && value.v > 1 }

/** @param {any} value */
function isSoundModule(value) {
  if (!isMap(value) || !isMap(value.answers) || value.revision > MOST.revision || value.n > MOST.count) return false
  const answers = Object.entries(value.answers).filter(([id]) => IDENTIFIER.test(id)).map(([, answer]) => answer)
  return answers.length <= MOST.answers && !(value.passed?.revision > MOST.revision)
    && answers.every(answer => answer?.n <= MOST.count && answer.tries <= MOST.count && String(answer.digest).length <= MOST.digest)
}

/** @param {any} value */
function isSoundLearner(value) { return isMap(value) && value.n <= MOST.count }

/** @param {any} value @param {string} module */
function areSoundRecords(value, module) {
  return isMap(value) && Array.isArray(value.records) && value.records.length <= MOST.records
    && value.records.every(record => record?.revision <= MOST.revision && isSoundStatement(record, module))
}

/** What a module's page will read of a record that was made. @param {any} record @param {string} module */
function isSoundStatement({statement, at, score}, module) {
  if (statement === '') return true
  const found = parsed(statement)
  return isMap(found) && UUID.test(String(found.actor?.account?.name)) && String(found.object?.id).endsWith(`/modules/${module}`)
    && found.timestamp === at && found.result?.score?.scaled === score && isMap(found.context?.extensions)
}

/** @param {unknown} text */
function parsed(text) {
  try { return JSON.parse(String(text)) } catch { return null }
}

// @ts-check
/** What this device keeps for records: those of one module, and what its learner says for them. */
import {Keep, isCount, later, pick} from '../shared/keep.js'
import {draft, uuid} from '../shared/statement.js'

/** A supplier code, as the programme gives them. */
export const CODE = /^[A-Z0-9][A-Z0-9-]{0,31}$/
const COUNTRY = /^[A-Z]{2}$/
const TAG = /^[a-z]{2}(-[A-Z]{2})?$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** @type {(keyof Draft)[]} */
const FIELDS = ['revision', 'id', 'registration', 'at', 'score', 'max', 'language', 'statement']

/** One record for each revision that was passed. @extends {Keep<Map<number, Draft>>} */
export class Records extends Keep {
  /** @param {string} module its id */
  constructor(module) {
    super(`greensupply.record.${module}`, new Map(), {
      version: 1,
      plain: kept => ({records: [...kept.values()].sort((one, other) => one.revision - other.revision)}),
      parse: ({records}) => {
        if (!Array.isArray(records)) return {damaged: true}
        const sound = records.filter(isDraft)
        return {kept: new Map(sound.map(record => [record.revision, pick(record, FIELDS)])), damaged: sound.length < records.length}
      },
      merge: (one, other) => {
        const kept = new Map(one)
        for (const [revision, record] of other) {
          const mine = kept.get(revision)
          if (!mine || order(record) < order(mine)) kept.set(revision, record)
        }
        return kept
      },
    })
  }

  /** That of the newest revision. */
  get newest() { return this.kept.get(Math.max(...this.kept.keys())) }

  /** A pass begins a record, unless one was begun. @param {Passed} passed @param {number} total @param {string} language */
  begin(passed, total, language) {
    this.change(kept => { if (!kept.has(passed.revision)) kept.set(passed.revision, draft(passed, total, language)) })
  }

  /** Its statement, made once. @param {number} revision @param {(record: Draft) => string} make */
  finish(revision, make) {
    this.change(kept => {
      const record = kept.get(revision)
      if (record) record.statement ||= make(record)
    })
  }
}

/** @extends {Keep<Owner>} */
export class Learner extends Keep {
  constructor() {
    super('greensupply.learner', {name: '', supplier: '', country: '', n: 0}, {
      version: 1,
      plain: ({name, supplier, country, n}) => ({name, supplier, country, n}),
      parse: ({name, supplier, country, n}) => {
        const kept = {name: one(UUID, name), supplier: one(CODE, supplier), country: one(COUNTRY, country), n: isCount(n) ? n : 0}
        return {kept, damaged: name !== kept.name || supplier !== kept.supplier || country !== kept.country || n !== kept.n}
      },
      merge: (one, other) => ({...(later(one, other) ? one : other), name: [one.name, other.name].filter(Boolean).sort()[0] ?? ''}),
    })
  }

  /** What to fill in next time, and the random name. @param {{supplier: string, country: string} | null} words null: as before */
  says(words) { this.change(owner => { Object.assign(owner, words, {name: owner.name || uuid(), n: owner.n + 1}) }) }
}

/** Two tabs agree on one: a finished record, else that of the earlier pass. @param {Draft} record */
function order({statement, at, id}) { return `${statement ? 0 : 1} ${at} ${id}` }

/** @param {RegExp} pattern @param {unknown} text */
function one(pattern, text) { return typeof text === 'string' && pattern.test(text) ? text : '' }

/** @param {any} record @returns {record is Draft} */
function isDraft(record) {
  try {
    const {revision, id, registration, at, score, max, language, statement} = record
    return UUID.test(id) && UUID.test(registration) && new Date(at).toISOString() === at && TAG.test(language)
      && isCount(revision) && isCount(max) && score >= 0 && score <= 1 && Number(score) === score
      && (statement === '' || JSON.parse(statement).id === id)
  } catch {
    return false
  }
}

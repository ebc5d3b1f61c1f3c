// @ts-check
/** A certificate's printed fields and the code that belongs to them. Pure: no page, no storage, no clock. */
import {createHash} from '../vendor/sha256-uint8array/sha256-uint8array.js'

/** Of how a code is made; its first sign. Raise it when any of this changes, or old certificates seem wrong. */
export const SCHEME = 1
export const LONGEST_NAME = 200

/**
 * One module as it is printed.
 * @typedef {object} Part
 * @property {string} id
 * @property {number} revision 1 to 9999
 * @property {number} tenths score in tenths of a percent, 0 to 1000
 * @property {string} day such as 2026-11-24
 */
/**
 * What is printed and checked; the language is not part of it.
 * @typedef {{kind: 'module' | 'pathway', id: string, parts: Part[], name: string}} Certificate
 */

/** Crockford's base 32: no I, L, O, U. Source: crockford.com/base32.html. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** The version, 18 signs of the digest (90 bits), and the check sign. */
const LENGTH = 20
const IDENTIFIER = /^[a-z0-9]+(-[a-z0-9]+)*$/
const MOST_PARTS = 60
const LONGEST_LINK = 16_000

/** A name as it is printed: composed signs (Unicode NFC), single spaces, nothing invisible that turns it round.
 * @param {string} name
 */
export function tidy(name) {
  return name
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, '') // joiners belong to emoji and to some scripts
    .replace(/[\s\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
    .normalize('NFC')
}

/** @param {string} name @returns {'' | 'empty' | 'long'} */
export function nameProblem(name) {
  const {length} = [...tidy(name)]
  return length === 0 ? 'empty' : length > LONGEST_NAME ? 'long' : ''
}

/** @param {number} score 0 to 1 */
export function tenths(score) { return Math.round(score * 1000) }

/** The day of a moment where the learner is. @param {string} at */
export function dayOf(at) {
  const moment = new Date(at)
  const [year, month, day] = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()]
  return [String(year).padStart(4, '0'), ...[month, day].map(part => String(part).padStart(2, '0'))].join('-')
}

/** The text whose digest is the code. Typewriter marks stand for typographic ones, which a keyboard may not have.
 * @param {Certificate} certificate
 */
export function canonical({kind, id, parts, name}) {
  const lines = parts.map(({id: module, revision, tenths: score, day}) => `${module} ${revision} ${score} ${day}`)
  const typed = tidy(name).replace(/[\u2018\u2019\u02bc]/g, '\'').replace(/[\u2010\u2011]/g, '-')
  return ['greensupply-certificate', SCHEME, kind, id, ...lines.sort(), typed].join('\n')
}

/** `1A2B-3C4D-5E6F-7G8H-9J0K`. @param {Certificate} certificate */
export function code(certificate) {
  const bytes = createHash().update(new TextEncoder().encode(canonical(certificate))).digest()
  let signs = SIGNS[SCHEME]
  for (let bit = 0; signs.length < LENGTH - 1; bit += 5) {
    const pair = (bytes[bit >> 3] << 8) | bytes[(bit >> 3) + 1]
    signs += SIGNS[(pair >> (11 - (bit & 7))) & 31]
  }
  return (signs + checkSign(signs)).replace(/.{4}(?=.)/g, '$&-')
}

/** A typed code without what does not matter, or '' if it cannot be one. @param {string} typed */
export function readCode(typed) {
  const signs = typed.normalize('NFKC').toUpperCase().replace(/[\s\p{P}\p{Cf}]+/gu, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const sound = signs.length === LENGTH && [...signs].every(sign => SIGNS.includes(sign))
  return sound && checkSign(signs.slice(0, -1)) === signs[LENGTH - 1] ? signs : ''
}

/** Version of the scheme of a code that can be read, else 0. @param {string} typed */
export function versionOf(typed) { return Math.max(0, SIGNS.indexOf(readCode(typed)[0] ?? '0')) }

/** @param {Certificate} certificate @param {string} typed @returns {'match' | 'differs' | 'unreadable' | 'version'} */
export function check(certificate, typed) {
  const signs = readCode(typed)
  if (!signs) return 'unreadable'
  if (signs[0] !== SIGNS[SCHEME]) return 'version'
  return signs === readCode(code(certificate)) ? 'match' : 'differs'
}

/** The part of an address after `#`, which browsers send to no server. @param {Certificate} certificate @param {string} typed */
export function fragment({kind, id, parts, name}, typed) {
  const fields = new URLSearchParams({for: `${kind}.${id}`})
  for (const {id: module, revision, tenths: score, day} of parts) fields.append('module', [module, revision, score, day].join('.'))
  fields.append('name', tidy(name))
  fields.append('code', typed)
  return `#${fields}`.replace(/\+/g, '%20')
}

/** What such a part holds, or null if it is not sound. @param {string} hash @returns {{certificate: Certificate, code: string} | null} */
export function fromFragment(hash) {
  if (hash.length > LONGEST_LINK) return null
  const fields = new URLSearchParams(hash.replace(/^#/, ''))
  const [kind, id, ...rest] = (fields.get('for') ?? '').split('.')
  if ((kind !== 'module' && kind !== 'pathway') || rest.length || !IDENTIFIER.test(id)) return null
  const parts = fields.getAll('module').map(written => {
    const [module, revision, score, day, ...more] = written.split('.')
    return {id: module, revision: digits(revision), tenths: digits(score), day: more.length ? '' : day}
  })
  const ids = new Set(parts.map(part => part.id))
  const few = parts.length > 0 && parts.length <= MOST_PARTS && ids.size === parts.length
  const own = kind === 'pathway' || (parts.length === 1 && ids.has(id))
  const name = tidy(fields.get('name') ?? '')
  if (!few || !own || !parts.every(isPart) || nameProblem(name)) return null
  return {certificate: {kind, id, parts, name}, code: fields.get('code') ?? ''}
}

/** @param {Part} part */
export function isPart({id, revision, tenths: score, day}) {
  return IDENTIFIER.test(id) && id.length <= 64 && isRevision(revision) && score >= 0 && score <= 1000 && isDay(day)
}

/** @param {number} revision */
export function isRevision(revision) { return Number.isInteger(revision) && revision >= 1 && revision <= 9999 }

/** @param {string} day */
export function isDay(day) {
  const moment = new Date(`${day}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
}

/** @param {string | undefined} text */
function digits(text) { return /^\d{1,4}$/.test(text ?? '') ? Number(text) : NaN }

/**
 * Shows any one wrong sign, and any two that changed places: the signs are numbers of the field of 32, where each place
 * has a weight of its own. Source: a Reed-Solomon code of one check symbol, x⁵ + x² + 1.
 * @param {string} signs
 */
function checkSign(signs) {
  let sum = 0
  for (const sign of signs) {
    sum ^= SIGNS.indexOf(sign)
    sum = sum & 16 ? (sum << 1) ^ 37 : sum << 1
  }
  return SIGNS[sum]
}

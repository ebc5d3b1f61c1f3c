// @ts-check
/** Numbers as people write them in the three languages. Pure: no page, no storage. */

const ENGLISH = {tag: 'en', group: ',', decimal: '.'}
/** Spanish is Mexico's, French is Canada's. Source: Unicode CLDR. */
const WRITINGS = new Map([
  ['en', ENGLISH],
  ['es', {tag: 'es-MX', group: ',', decimal: '.'}],
  ['fr', {tag: 'fr-CA', group: ' ', decimal: ','}],
])
/** Every pair of marks that somebody may write; '' stands for none. */
const PAIRS = [['', '.'], ['', ','], [',', '.'], ['.', ','], [' ', ','], [' ', '.']]

const SPACES = /[\s\u00a0\u2007\u2009\u202f]+/g
const PARTS = /^([+\-−–]?) ?((?:US|CA|CAD|C|MX|MXN|USD)? ?[$€£¥])? ?([+\-−–]?) ?([\d.,][\d., ]*)(.*)$/i
const AFTERWARDS = /^(?:%|(?:US|CA|CAD|C|MX|MXN|USD)?[$€£¥])$/i
const LONGEST = 40

/**
 * What a learner may have meant by `text`: the locale's own writing first, any other that can be read in one way only;
 * both readings where there are two.
 * @param {string} text
 * @param {string} locale `es` or `es-MX`
 * @param {string} [unit] of the question; may stand behind the number
 * @returns {Reading}
 */
export function read(text, locale, unit = '') {
  const tidy = text.replace(SPACES, ' ').trim()
  if (!tidy) return {error: 'empty'}
  const parts = tidy.length <= LONGEST + unit.length ? PARTS.exec(tidy) : null
  if (!parts) return {error: 'unreadable'}
  const [, sign, , innerSign, digits, rest] = parts
  if ((sign && innerSign) || !mayFollow(rest, unit)) return {error: 'unreadable'}
  const written = digits.trim()
  const factor = sign + innerSign && sign + innerSign !== '+' ? -1 : 1
  const {group, decimal} = writing(locale)
  const own = value(written, group, decimal) ?? value(written, '', decimal)
  if (own !== null) return {value: own * factor + 0}
  const found = new Set()
  for (const [otherGroup, otherDecimal] of PAIRS) {
    const other = value(written, otherGroup, otherDecimal)
    if (other !== null) found.add(other * factor + 0)
  }
  const values = [...found]
  if (values.length === 1) return {value: values[0]}
  return values.length ? {ambiguous: [values[0], values[1]]} : {error: 'unreadable'}
}

/**
 * A number as the locale writes it: `1,250.5` (en, es-MX), `1 250,5` (fr-CA), with every decimal up to ten.
 * @param {number} number
 * @param {string} locale
 */
export function write(number, locale) {
  return new Intl.NumberFormat(writing(locale).tag, {maximumFractionDigits: 10}).format(number)
}

/**
 * A share from 0 to 1 in percent, to a tenth: `66.7%` (en, es-MX), `66,7 %` (fr-CA).
 * @param {number} share
 * @param {string} locale
 */
export function percent(share, locale) {
  return new Intl.NumberFormat(writing(locale).tag, {style: 'percent', maximumFractionDigits: 1}).format(share)
}

/** @param {string} locale */
function writing(locale) {
  return WRITINGS.get(locale.slice(0, 2).toLowerCase()) ?? ENGLISH
}

/**
 * The value of digits with these marks, or null if they are not written so.
 * @param {string} written
 * @param {string} group
 * @param {string} decimal
 */
function value(written, group, decimal) {
  const [whole, fraction, ...more] = written.split(decimal)
  if (more.length || (fraction !== undefined && !/^\d+$/.test(fraction))) return null
  const thousands = whole.split(group || ' ')
  const grouped = group !== '' && thousands.length > 1
  const sound = grouped
    ? /^[1-9]\d{0,2}$/.test(thousands[0]) && thousands.slice(1).every(three => /^\d{3}$/.test(three))
    : /^\d+$/.test(whole) || (whole === '' && fraction !== undefined)
  return sound ? Number(`${thousands.join('')}.${fraction ?? 0}`) : null
}

/**
 * @param {string} rest what stands behind the number
 * @param {string} unit
 */
function mayFollow(rest, unit) {
  const tail = fold(rest)
  return tail === '' || AFTERWARDS.test(tail) || (unit !== '' && tail === fold(unit))
}

/** @param {string} text */
function fold(text) {
  return text.normalize('NFKC').replace(SPACES, '').toLowerCase()
}

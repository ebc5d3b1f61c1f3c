// @ts-check
/** What stands in the sheet, in the arithmetic's own units; `NaN` where a figure is missing or cannot be read. */
import {FLOWS, GRIDS} from './arithmetic.js'
import {FOLLOWS, converted, unitOf} from './units.js'

/** @typedef {import('../shared/sheet.js').Sheet} Sheet */

/** Fields of a data box that hold a figure. */
const TIMES = /** @type {const} */ (['cycle', 'changeover', 'stock'])
const CHOICES = /** @type {const} */ (['mass', 'small', 'water', 'gas'])
const LATER = '_future'

/** The units chosen. @param {Sheet} sheet @returns {Record<string, string>} */
export function unitsIn(sheet) { return Object.fromEntries(CHOICES.map(choice => [choice, sheet.choice(`unit_${choice}`)])) }

/** How the line works. @param {Sheet} sheet @returns {Line} */
export function lineIn(sheet) {
  const [demand, shifts, hours, days] = ['demand', 'shifts', 'hours', 'days'].map(name => figure(sheet, name, NaN))
  return {demand, shifts, hours, days, breaks: figure(sheet, 'breaks', 0)}
}

/** What is wrong with the figures of the line together: the field, the message, its values. @param {Line} line */
export function problemsOf({shifts, hours, breaks}) {
  return {
    hours: shifts * hours > 24 ? {name: 'too_many_hours', values: {shifts, hours}} : null,
    breaks: breaks >= hours * 60 ? {name: 'too_long_breaks', values: {}} : null,
  }
}

/** The data boxes, as the line is now or as it is to be, where nothing written means no change. @param {Sheet} sheet @param {boolean} future */
export function boxesIn(sheet, future) {
  const units = unitsIn(sheet)
  const boxes = Array.from({length: sheet.count('process')}, (_, index) => {
    const at = `process.${index}.`
    const box = {name: sheet.text(`${at}name`), ehs: sheet.choice(`${at}ehs`) === 'on'}
    const times = TIMES.map(name => [name, dated(sheet, at + name, future, name === 'cycle' ? NaN : 0)])
    const flows = FLOWS.map(flow => [flow, dated(sheet, at + flow, future, 0) * unitOf(flow, units).part[0]])
    return /** @type {Box} */ ({...box, ...Object.fromEntries([...times, ...flows])})
  })
  return boxes.filter((_, index) => used(sheet, `process.${index}.`))
}

/** @param {Sheet} sheet @param {boolean} future */
export function finishedIn(sheet, future) { return dated(sheet, 'finished', future, 0) }

/** Whether anything is written for the future state. @param {Sheet} sheet */
export function plansAhead(sheet) {
  const names = Array.from({length: sheet.count('process')}, (_, index) => fieldsOf(index)).flat()
  return [...names, 'finished'].some(name => sheet.text(name + LATER) !== '')
}

/** Unit costs, for the arithmetic's unit of a year's quantity; null where none is written. @param {Sheet} sheet */
export function pricesIn(sheet) {
  const units = unitsIn(sheet)
  return /** @type {Record<Stream, number | null>} */ (Object.fromEntries(FLOWS.map(flow => {
    const name = `price_${flow}`
    return [flow, sheet.text(name) === '' ? null : figure(sheet, name, NaN) / unitOf(flow, units).price[0]]
  })))
}

/** The grid factor chosen, in kg CO₂e/kWh, and where it comes from. @param {Sheet} sheet */
export function gridIn(sheet) {
  const grid = sheet.choice('grid')
  return {grid, factor: GRIDS[grid] ?? figure(sheet, 'factor', NaN), source: sheet.text('factor_source')}
}

/** The same figures for other units: the numbers that change, by field. @param {Sheet} sheet @param {Record<string, string>} before @param {Record<string, string>} after */
export function inOtherUnits(sheet, before, after) {
  /** @type {Record<string, number>} */
  const changed = {}
  for (const flow of FLOWS) {
    if (before[FOLLOWS[flow]] === after[FOLLOWS[flow]]) continue
    const [from, to] = [unitOf(flow, before), unitOf(flow, after)]
    const rows = Array.from({length: sheet.count('process')}, (_, index) => `process.${index}.${flow}`)
    for (const name of rows.flatMap(row => [row, row + LATER])) put(name, from.part[0], to.part[0])
    put(`price_${flow}`, to.price[0], from.price[0])
  }
  return changed

  /** @param {string} name @param {number} from @param {number} to */
  function put(name, from, to) {
    const found = sheet.number(name)
    if ('value' in found) changed[name] = converted(found.value, from, to)
  }
}

/** @param {Sheet} sheet @param {string} name @param {number} blank what an empty field means */
function figure(sheet, name, blank) {
  if (sheet.text(name) === '') return blank
  return sheet.value(name) ?? NaN
}

/** @param {Sheet} sheet @param {string} name @param {boolean} future @param {number} blank */
function dated(sheet, name, future, blank) {
  const now = figure(sheet, name, blank)
  return future ? figure(sheet, name + LATER, now) : now
}

/** @param {number} index */
function fieldsOf(index) { return [...TIMES, ...FLOWS].map(name => `process.${index}.${name}`) }

/** A box in which nothing stands is no process. @param {Sheet} sheet @param {string} at */
function used(sheet, at) {
  const names = [...TIMES, ...FLOWS].flatMap(name => [name, name + LATER])
  return ['name', ...names].some(name => sheet.text(at + name) !== '')
}

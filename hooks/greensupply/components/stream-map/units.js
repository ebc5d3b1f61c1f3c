// @ts-check
/**
 * The units that a learner may choose, and how a figure gets from one to another. Pure: no page, no storage.
 *
 * Sources: facts MET-52 (lb) and MET-53 (US gal, ft³); 1 oz is a sixteenth of a pound.
 */

const POUND = 0.45359237
const OUNCE = POUND / 16
const GALLON = 3.785411784
const CUBIC_FOOT = 0.0283168
/** How far, in shares of its size, a figure may be moved so that it has fewer digits. */
const SLACK = 2e-7
const MOST_DIGITS = 15

/**
 * What is chosen -> the units to choose from -> how many of the arithmetic's own units one is: per `part`, in a `year`, and
 * where it has a `price`; with the names of the symbols to show.
 * @type {Record<UnitChoice, Record<string, Unit>>}
 */
export const UNITS = {
  mass: {
    kg: {part: [1, 'kg'], year: [1, 'kg'], price: [1, 'kg']},
    lb: {part: [POUND, 'lb'], year: [POUND, 'lb'], price: [POUND, 'lb']},
  },
  small: {
    g: {part: [1, 'g'], year: [1, 'kg'], price: [1, 'kg']},
    oz: {part: [OUNCE * 1000, 'oz'], year: [POUND, 'lb'], price: [POUND, 'lb']},
  },
  water: {
    L: {part: [1, 'L'], year: [1, 'm3'], price: [1, 'm3']},
    gal: {part: [GALLON, 'gal'], year: [GALLON / 1000, 'gal'], price: [GALLON, 'kgal']},
  },
  gas: {
    m3: {part: [1, 'm3'], year: [1, 'm3'], price: [1, 'm3']},
    ft3: {part: [CUBIC_FOOT, 'ft3'], year: [CUBIC_FOOT, 'ft3'], price: [CUBIC_FOOT * 1000, 'kft3']},
  },
  energy: {
    kWh: {part: [1, 'kWh'], year: [1, 'kWh'], price: [1, 'kWh']},
  },
}

/** Which choice a flow follows. @type {Record<Stream, UnitChoice>} */
export const FOLLOWS = {
  scrap: 'mass', electricity: 'energy', water: 'water', packaging: 'small', waste: 'small', voc: 'small', gas: 'gas',
}

/** The unit of a flow. @param {Stream} flow @param {Record<string, string>} chosen */
export function unitOf(flow, chosen) {
  const units = UNITS[FOLLOWS[flow]]
  return units[chosen[FOLLOWS[flow]]] ?? Object.values(units)[0]
}

/**
 * A figure in another unit, in as few digits as name it: to and fro, a figure of up to six digits comes back as it was.
 * @param {number} figure
 * @param {number} from how many of the arithmetic's units its unit is
 * @param {number} to the same of the new unit
 */
export function converted(figure, from, to) {
  const exact = figure * from / to
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    const short = Number(exact.toPrecision(digits))
    if (Math.abs(short - exact) <= SLACK * Math.abs(exact)) return short
  }
  return exact
}

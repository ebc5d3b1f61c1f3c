// @ts-check
/**
 * The arithmetic of a value stream map with environmental data boxes. Pure: no page, no storage, no units to choose.
 *
 * Times in s, stock in parts; per good part kg of scrap, L of water, kWh, g of waste, of VOC and of packaging, m³ of gas.
 * `NaN` is a figure that cannot be known; whatever depends on it is `NaN` too. Source: facts LEAN-25 to LEAN-27, MET-25.
 */

/** A flow of waste: how many of its units per part make one unit a year (g to kg, L to m³). */
export const STREAMS = {scrap: 1, water: 1000, electricity: 1, waste: 1000, voc: 1000, packaging: 1000, gas: 1}
/** @type {Stream[]} */
export const FLOWS = ['scrap', 'water', 'electricity', 'waste', 'voc', 'packaging', 'gas']

/**
 * Grid factors in kg CO₂e/kWh. Sources: facts MET-30 (Mexico, 2024), MET-32 (United States, eGRID2023), MET-36 (Canada, 2020).
 * @type {Record<string, number>}
 */
export const GRIDS = {mx: 0.444, us: 0.3497, ca: 0.108}
/** Natural gas, in kg CO₂/m³. Source: fact MET-42, from 40 CFR 98, table NN-1. */
export const GAS = 1.922

/**
 * Time that the line can work, in s a day.
 * @param {{shifts: number, hours: number, breaks: number}} day hours a shift; minutes of breaks a shift
 */
export function available({shifts, hours, breaks}) { return known(shifts * (hours * 3600 - breaks * 60)) }

/** The customer's pace, in s a part. @param {number} seconds available a day @param {number} demand parts a day */
export function takt(seconds, demand) { return known(seconds / demand) }

/** Little's law: days from dock to dock. @param {number} stock parts at all points @param {number} demand parts a day */
export function leadTime(stock, demand) { return known(stock / demand) }

/**
 * Share of the lead time in which somebody works on the part.
 * @param {number} work s a part
 * @param {number} lead days
 * @param {number} seconds available a day
 */
export function valueAdded(work, lead, seconds) { return known(work / (lead * seconds)) }

/** @param {number[]} figures */
export function sum(figures) { return figures.reduce((total, figure) => total + figure, 0) }

/**
 * One state of the line, from its data boxes.
 * @param {Line} line
 * @param {Box[]} boxes one a process
 * @param {number} finished parts in the finished goods stock
 * @returns {State}
 */
export function state(line, boxes, finished) {
  const seconds = available(line)
  const stock = sum(boxes.map(({stock}) => stock)) + finished
  const work = boxes.length ? sum(boxes.map(({cycle}) => cycle)) : NaN
  const lead = leadTime(stock, line.demand)
  const parts = line.demand * line.days
  const flows = perFlow(flow => {
    const part = sum(boxes.map(box => box[flow]))
    return {part, year: part * parts / STREAMS[flow]}
  })
  return {seconds, takt: takt(seconds, line.demand), stock, work, lead, ratio: valueAdded(work, lead, seconds), parts, flows}
}

/**
 * What the flows of a state cost a year. A flow without a price is left out of the total; without any, none is known.
 * @param {State} state
 * @param {Record<Stream, number | null>} prices for a unit of the year's quantity
 * @returns {Costs}
 */
export function costs({flows, parts}, prices) {
  const unpriced = FLOWS.filter(flow => prices[flow] === null && flows[flow].part !== 0)
  const each = perFlow(flow => (flows[flow].part === 0 ? 0 : flows[flow].year * (prices[flow] ?? NaN)))
  const priced = FLOWS.filter(flow => !unpriced.includes(flow))
  const total = priced.some(flow => flows[flow].part !== 0) || !unpriced.length ? sum(priced.map(flow => each[flow])) : NaN
  const shares = perFlow(flow => (total > 0 ? each[flow] / total : NaN))
  return {each, shares, total, part: known(total / parts), unpriced}
}

/**
 * What the future state saves a year, and how much of the cost now that is.
 * @param {Costs} now
 * @param {Costs} then
 */
export function saving(now, then) {
  const total = now.total - then.total
  return {each: perFlow(flow => now.each[flow] - then.each[flow]), total, share: now.total > 0 ? total / now.total : NaN}
}

/**
 * Greenhouse gases of a year, in t: of electricity CO₂e, of natural gas CO₂.
 * @param {number} kwh
 * @param {number} grid kg CO₂e/kWh
 * @param {number} [gas] in the unit of its factor
 * @param {number} [factor] kg for a unit of gas
 */
export function carbon(kwh, grid, gas = 0, factor = GAS) {
  const [electricity, fuel] = [kwh * grid / 1000, gas * factor / 1000]
  return {electricity, gas: fuel, total: electricity + fuel}
}

/** Processes that cannot keep the customer's pace. @param {Box[]} boxes @param {number} takt s a part */
export function tooSlow(boxes, takt) { return boxes.filter(({cycle}) => cycle > takt) }

/** @template Value @param {(flow: Stream) => Value} figure @returns {Record<Stream, Value>} */
export function perFlow(figure) {
  return /** @type {Record<Stream, Value>} */ (Object.fromEntries(FLOWS.map(flow => [flow, figure(flow)])))
}

/** Nothing can be divided by zero. @param {number} figure */
function known(figure) { return Number.isFinite(figure) ? figure : NaN }

// @ts-check
/** The results as tables, and their arithmetic line by line. */
import {make} from '../shared/page.js'
import {FLOWS, GAS, tooSlow} from './arithmetic.js'
import {unitOf} from './units.js'

/** @typedef {import('./figures.js').Figures} Figures */
/** @typedef {import('./arithmetic.js').carbon} carbon */
/** @typedef {{name: string, how?: string, sum?: string, cells: string[], total?: boolean}} Row */

/**
 * The pace of the line, now and, where there is one, in the future state.
 * @param {Figures} figures
 * @param {{line: Line, now: State, boxes: Box[], future: State | null, later: Box[]}} about
 */
export function paceTable(figures, {line, now, boxes, future, later}) {
  const states = future ? [now, future] : [now]
  /** @param {string} name @param {(state: State) => string} figure @param {string} [sum] */
  const row = (name, figure, sum = '') => ({name: figures.say(name), how: figures.say(`how_${name}`), sum, cells: states.map(state => figures.loose(figure(state)))})
  const seconds = figures.seconds(now.seconds)
  const parts = figures.count('parts', now.parts)
  const demand = figures.count('parts', line.demand)
  const exact = (/** @type {number} */ figure) => figures.exact(figure)
  const longest = (/** @type {Box[]} */ all) => (all.length ? Math.max(...all.map(({cycle}) => cycle)) : NaN)
  return table(figures, figures.say('pace_caption'), heads(figures, 'figure', Boolean(future)), [
    row('available', state => figures.seconds(state.seconds), figures.say('sum_available', {shifts: exact(line.shifts), hours: exact(line.hours), breaks: exact(line.breaks), result: seconds})),
    row('takt', state => figures.seconds(state.takt), figures.say('sum_takt', {seconds, demand, result: figures.seconds(now.takt)})),
    row('slowest', state => figures.seconds(longest(state === now ? boxes : later)), paced(figures, boxes, now)),
    row('inventory', state => figures.rounded(state.stock)),
    row('lead_time', state => figures.count('days', state.lead), figures.say('sum_lead_time', {stock: figures.count('parts', now.stock), demand, result: figures.count('days', now.lead)})),
    row('work', state => figures.seconds(state.work), boxes.length > 1 ? `${boxes.map(({cycle}) => exact(cycle)).join(' + ')} = ${figures.seconds(now.work)}` : ''),
    row('ratio', state => figures.percent(state.ratio), figures.say('sum_ratio', {work: figures.seconds(now.work), lead: figures.count('days', now.lead), seconds, result: figures.percent(now.ratio)})),
    row('parts_year', state => figures.rounded(state.parts), figures.say('sum_parts_year', {demand, days: figures.count('days', line.days), result: parts})),
  ])
}

/** @param {Figures} figures @param {Box[]} boxes @param {State} state */
function paced(figures, boxes, {takt}) {
  if (!Number.isFinite(takt) || boxes.some(({cycle}) => !Number.isFinite(cycle))) return ''
  const slow = tooSlow(boxes, takt).map(({name, cycle}) => name || figures.seconds(cycle))
  return slow.length ? figures.say('slow_some', {names: figures.list(slow)}) : figures.say('slow_none')
}

/** Flows that there are, the dearest first. @param {Costs} costs @param {...State} states */
export function flowsOf(costs, ...states) {
  const there = FLOWS.filter(flow => states.some(({flows}) => flows[flow].part !== 0))
  const cost = (/** @type {Stream} */ flow) => (Number.isFinite(costs.each[flow]) ? costs.each[flow] : -Infinity)
  return there.sort((one, other) => (cost(one) === cost(other) ? 0 : cost(other) - cost(one)))
}

/**
 * What the flows cost a year now.
 * @param {Figures} figures
 * @param {{state: State, costs: Costs, flows: Stream[], units: Record<string, string>, currency: string}} about
 */
export function costTable(figures, {state, costs, flows, units, currency}) {
  const coin = figures.say(`coin_${currency}`)
  const rows = flows.map(flow => ({
    name: nameOf(figures, flow),
    cells: [figures.loose(figures.quantity(state.flows[flow].year, unitOf(flow, units).year)), figures.fixed(costs.each[flow], 0), figures.percent(costs.shares[flow])],
  }))
  return table(figures, figures.say('cost_caption'), [figures.say('flow'), figures.say('quantity'), figures.say('cost', {coin}), figures.say('share')], [
    ...rows,
    {name: figures.say('total'), cells: ['', figures.fixed(costs.total, 0), ''], total: true},
    {name: figures.say('per_part'), cells: ['', figures.fixed(costs.part, 4), '']},
  ])
}

/** @param {Figures} figures @param {Parameters<typeof costTable>[1] & {prices: Record<Stream, number | null>}} about */
export function costLines(figures, {state, costs, flows, units, currency, prices}) {
  return flows.filter(flow => prices[flow] !== null).map(flow => figures.say('cost_line', {
    flow: nameOf(figures, flow),
    part: figures.amount(state.flows[flow].part, unitOf(flow, units).part),
    parts: figures.count('parts', state.parts),
    year: figures.quantity(state.flows[flow].year, unitOf(flow, units).year),
    price: figures.price(prices[flow] ?? NaN, unitOf(flow, units).price, currency),
    cost: figures.money(costs.each[flow], currency),
  }))
}

/**
 * What the future state saves.
 * @param {Figures} figures
 * @param {{now: Costs, then: Costs, saved: {each: Record<Stream, number>, total: number, share: number}, flows: Stream[], currency: string}} about
 */
export function savingTable(figures, {now, then, saved, flows, currency}) {
  const cells = (/** @type {number[]} */ all) => all.map(figure => figures.fixed(figure, 0))
  const caption = figures.say('saving_caption', {coin: figures.say(`coin_${currency}`)})
  return table(figures, caption, [figures.say('flow'), figures.say('now'), figures.say('future'), figures.say('saving')], [
    ...flows.map(flow => ({name: nameOf(figures, flow), cells: cells([now.each[flow], then.each[flow], saved.each[flow]])})),
    {name: figures.say('total'), cells: cells([now.total, then.total, saved.total]), total: true},
    {name: figures.say('saving_share'), cells: ['', '', figures.percent(saved.share)]},
  ])
}

/**
 * @param {Figures} figures
 * @param {{now: State, future: State, saved: {each: Record<Stream, number>}, flows: Stream[], units: Record<string, string>, currency: string, prices: Record<Stream, number | null>}} about
 */
export function savingLines(figures, {now, future, saved, flows, units, currency, prices}) {
  const changed = flows.filter(flow => prices[flow] !== null && now.flows[flow].part !== future.flows[flow].part)
  return changed.map(flow => figures.say('saving_line', {
    flow: nameOf(figures, flow),
    now: figures.amount(now.flows[flow].part, unitOf(flow, units).part),
    future: figures.amount(future.flows[flow].part, unitOf(flow, units).part),
    parts: figures.count('parts', now.parts),
    year: figures.quantity(now.flows[flow].year - future.flows[flow].year, unitOf(flow, units).year),
    price: figures.price(prices[flow] ?? NaN, unitOf(flow, units).price, currency),
    cost: figures.money(saved.each[flow], currency),
  }))
}

/** Greenhouse gases, now and in the future state. @param {Figures} figures @param {ReturnType<carbon>} now @param {ReturnType<carbon> | null} then */
export function carbonTable(figures, now, then) {
  const burnt = now.gas !== 0 || Boolean(then && then.gas !== 0)
  /** @type {('electricity' | 'gas' | 'total')[]} */
  const parts = burnt ? ['electricity', 'gas', 'total'] : ['electricity']
  const heading = [...heads(figures, 'source', Boolean(then)), ...(then ? [figures.say('avoided')] : [])]
  return table(figures, figures.say('carbon_caption'), heading, parts.map(part => ({
    name: figures.say(part === 'total' ? 'total' : `carbon_${part}`),
    cells: (then ? [now[part], then[part], now[part] - then[part]] : [now[part]]).map(figure => figures.fixed(figure, 2)),
    total: part === 'total',
  })))
}

/** @param {Figures} figures @param {{state: State, factor: number, carbon: ReturnType<carbon>, units: Record<string, string>}} about */
export function carbonLines(figures, {state, factor, carbon: now, units}) {
  const electricity = figures.say('carbon_line', {
    year: figures.quantity(state.flows.electricity.year, unitOf('electricity', units).year),
    factor: figures.exact(factor),
    result: figures.fixed(now.electricity, 2),
  })
  if (now.gas === 0) return [electricity]
  const {year, price: [size, symbol]} = unitOf('gas', units)
  const gas = figures.say('gas_line', {
    year: figures.quantity(state.flows.gas.year, year),
    factor: figures.say('gas_factor', {factor: figures.rounded(GAS * size), per: figures.say(`per_${symbol}`)}),
    result: figures.fixed(now.gas, 2),
  })
  return [electricity, gas]
}

/** @param {Figures} figures @param {Stream} flow */
export function nameOf(figures, flow) { return figures.say(flow === 'water' ? 'water_price' : flow) }

/** @param {Figures} figures @param {string} first @param {boolean} both */
function heads(figures, first, both) {
  return both ? [figures.say(first), figures.say('now'), figures.say('future')] : [figures.say(first), figures.say('now')]
}

/** A table in a region that scrolls by itself. @param {Figures} figures @param {string} caption @param {string[]} heading @param {Row[]} rows */
function table(figures, caption, heading, rows) {
  const head = make('tr', '', ...heading.map(text => scoped('col', text)))
  const body = make('tbody', '', ...rows.flatMap(({name, how, sum, cells, total}) => {
    const line = make('tr', total ? 'total' : '', scoped('row', name), ...cells.map(cell => make('td', '', cell)))
    if (!how && !sum) return [line]
    const said = make('td', '', ...[how, sum].filter(Boolean).map(text => make('span', '', text ?? '')))
    said.colSpan = heading.length
    return [line, make('tr', 'how', said)]
  }))
  const grid = make('table', 'sheet-grid', make('caption', '', caption), make('thead', '', head), body)
  const region = make('div', 'sheet-table', grid)
  region.setAttribute('role', 'region')
  region.setAttribute('aria-label', figures.say('table_region', {caption}))
  region.tabIndex = 0
  return region
}

/** @param {'row' | 'col'} scope @param {string} text */
function scoped(scope, text) {
  const cell = make('th', '', text)
  cell.scope = scope
  return cell
}

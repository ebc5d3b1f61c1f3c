// @ts-check
/** What the map says, in words: the same for the drawing and for those who read or hear it. */
import {FLOWS} from './arithmetic.js'
import {unitOf} from './units.js'

/** @typedef {import('./figures.js').Figures} Figures */

/**
 * @param {Figures} figures
 * @param {{state: State, boxes: Box[], finished: number, units: Record<string, string>, before: Box[] | null, product: string, process: string}} line
 *   `before`: the boxes now, where this is the future state
 * @returns {Picture}
 */
export function picture(figures, {state, boxes, finished, units, before, product, process}) {
  const which = before ? 'map_future' : 'map_now'
  const steps = boxes.map((box, index) => step(figures, box, before?.[index], units, state.takt, box.name || `${process} ${index + 1}`))
  const left = {head: figures.say('map_timeline'), kind: 'time', text: timeOf(figures, state)}
  const sums = FLOWS.filter(flow => state.flows[flow].part !== 0).map(flow => flowOf(figures, flow, state.flows[flow].part, units))
  const materials = {head: figures.say('map_materials'), kind: 'materials', text: sums.join(', ') || figures.say('map_none')}
  const end = figures.count('finished', finished)
  return {
    title: product ? figures.say(which, {product}) : figures.say(`${which}_bare`),
    heads: [figures.say('map_flow'), figures.say('map_part')],
    ehs: figures.say('ehs'),
    steps,
    finished: end,
    boxes: [left, materials],
    description: [...steps.map(each => spoken(figures, each)), end, ...[left, materials].map(({head, text}) => figures.say('map_process_bare', {name: head, facts: text}))].join(' '),
  }
}

/** The steps of a map as sentences. @param {Figures} figures @param {Step} step */
export function spoken(figures, {name, ehs, stock, facts, flows}) {
  const words = [figures.say('map_before', {stock}), ...facts.map(({text}) => lower(text)), ...flows.map(({text}) => text)].join('; ')
  return figures.say(ehs ? 'map_process' : 'map_process_bare', {name, marks: figures.say('map_ehs_said'), facts: words})
}

/** @param {Figures} figures @param {Box} box @param {Box | undefined} before @param {Record<string, string>} units @param {number} takt @param {string} name @returns {Step} */
function step(figures, box, before, units, takt, name) {
  const slow = box.cycle > takt
  /** @param {string} text @param {number} now @param {number | undefined} then @param {string} was */
  const fact = (text, now, then, was) => (then === undefined || Object.is(now, then)
    ? {text, bold: false}
    : {text: figures.say('map_changed', {text, before: was}), bold: true})
  const facts = [fact(figures.say('map_cycle', {time: figures.seconds(box.cycle)}), box.cycle, before?.cycle, figures.seconds(before?.cycle ?? NaN))]
  if (box.changeover !== 0 || before?.changeover) {
    const time = figures.minutes(box.changeover)
    facts.push(fact(figures.say('map_changeover', {time}), box.changeover, before?.changeover, figures.minutes(before?.changeover ?? NaN)))
  }
  if (slow) facts.push({text: figures.say('map_slow'), bold: true})
  const flows = FLOWS.filter(flow => box[flow] !== 0 || before?.[flow]).map(flow =>
    fact(flowOf(figures, flow, box[flow], units), box[flow], before?.[flow], figures.amount(before?.[flow] ?? NaN, unitOf(flow, units).part)))
  const stock = fact(figures.count('parts', box.stock), box.stock, before?.stock, figures.rounded(before?.stock ?? NaN)).text
  return {name, ehs: box.ehs, slow, stock, facts, flows: flows.length ? flows : [{text: figures.say('map_none'), bold: false}]}
}

/** @param {Figures} figures @param {Stream} flow @param {number} part @param {Record<string, string>} units */
function flowOf(figures, flow, part, units) {
  return figures.say(`map_${flow}`, {amount: figures.amount(part, unitOf(flow, units).part)})
}

/** @param {Figures} figures @param {State} state */
function timeOf(figures, {stock, lead, work}) {
  return figures.say('map_time', {stock: figures.count('parts', stock), lead: figures.count('days', lead), work: figures.seconds(work)})
}

/** In the middle of a sentence. @param {string} text */
function lower(text) { return text.charAt(0).toLowerCase() + text.slice(1) }

/** Types for the checker only; this file is not part of the site. */

type Stream = 'scrap' | 'electricity' | 'water' | 'packaging' | 'waste' | 'voc' | 'gas'
type UnitChoice = 'mass' | 'small' | 'water' | 'gas' | 'energy'
/** How many of the arithmetic's own units it is, and the name of its symbol. */
type Measure = [number, string]
interface Unit { part: Measure, year: Measure, price: Measure }

/** Parts a day; shifts a day, hours a shift, minutes of breaks a shift; days a year. */
interface Line { demand: number, shifts: number, hours: number, breaks: number, days: number }
/** What a process adds to each good part: see `arithmetic.js` for the units. */
type Box = Record<Stream, number> & {name: string, ehs: boolean, cycle: number, changeover: number, stock: number}
/** One state of a line: times in s, lead time in days, stock and parts a year in parts. */
interface State {
  seconds: number
  takt: number
  stock: number
  work: number
  lead: number
  ratio: number
  parts: number
  flows: Record<Stream, {part: number, year: number}>
}
interface Costs { each: Record<Stream, number>, shares: Record<Stream, number>, total: number, part: number, unpriced: Stream[] }

/** A line of a data box; bold where it draws attention. */
interface Fact { text: string, bold: boolean }
interface Step { name: string, ehs: boolean, slow: boolean, stock: string, facts: Fact[], flows: Fact[] }
/** A map in words, ready to be drawn: the steps from the top, the finished goods, the boxes below. */
interface Picture {
  title: string
  description: string
  heads: [string, string]
  ehs: string
  steps: Step[]
  finished: string
  boxes: {head: string, text: string, kind: string}[]
}

/** Types for the checker only; this file is not part of the site. */

type QuestionType = 'single' | 'multiple' | 'true-false' | 'numeric' | 'matching' | 'ordering'

/** What `data-key` of a question holds; numbers are written as machines do. */
interface Key { type: QuestionType, right?: number[], answer?: string, tolerance?: string, slips?: string[], count?: number }

/** Indexes of the choices; a number; the partner's index for each term; the items' indexes from the top. */
type Given = number[] | number

/** `feedback`: indexes of the answers whose feedback applies. The counts belong to some types only. */
interface Verdict { right: boolean, feedback: number[], found?: number, extra?: number, placed?: number, total?: number }

type Reading = {value: number} | {ambiguous: [number, number]} | {error: 'empty' | 'unreadable'}

/** What stands in the fields; `problem` is the name of a message, `fields` those it is about. */
type Entry =
  | {response: Given}
  | {ambiguous: [number, number], text: string}
  | {problem: string, fields: HTMLElement[], values: Values}

type Values = Record<string, string | number>

/** The fields of a type of question; `put(null)` empties them. */
interface Fields {
  given(question: HTMLElement, locale: string): Entry
  put(question: HTMLElement, response: Given | null, locale: string): void
}

/** A checked answer; `response` null: erased; `n` orders answers without a clock. */
interface Answer { digest: string, response: Given | null, right: boolean, tries: number, n: number }
interface Passed { score: number, at: string, revision: number }
interface Kept { revision: number, n: number, answers: Map<string, Answer>, passed: Passed | null }

/** How a value is written, read and joined. `plain` gives the same for the same content; `damaged`: a part could not be read. */
interface Form<Value> {
  version: number
  plain(kept: Value): Record<string, unknown>
  parse(found: Record<string, any>): Parsed<Value>
  merge(one: Value, other: Value): Value
}
interface Parsed<Value> { kept?: Value, damaged?: boolean }
type Trouble = 'blocked' | 'full' | 'dropped' | 'newer' | 'corrupt'

/** What the page's `quiz-score` describes. */
interface Quiz {
  words: Record<string, string>
  progress: import('./progress.js').Progress
  module: string
  revision: number
  total: number
  passMark: number
}

/** Where a learner stands with one question. */
interface Standing { key: Key, answer: Answer | undefined, response: Given | null, verdict: Verdict | null }

/** What is fixed of a record when the pass mark is reached; `statement` is empty until the learner has it made. */
interface Draft {
  revision: number
  id: string
  registration: string
  at: string
  score: number
  /** Questions of the module; 0 where the score is not a share of them. */
  max: number
  language: string
  statement: string
}

/** Who learns on this device: a random name, and what was last said for records; '' is not said. */
interface Owner { name: string, supplier: string, country: string, n: number }

/** What the page says of its module: the site's address without a slash at its end; words by language tag. */
interface About { site: string, module: string, names: {verb: Record<string, string>, module: Record<string, string>} }

/** A record on its way to a record store; the statement is dropped once it is there. */
interface Parcel {
  id: string
  to: string
  statement: string
  state: 'waiting' | 'aside' | 'done'
  status: number
  said: string
  at: string
  n: number
}
/** `after`: the store asked for silence until then, in ms since 1970; `n` orders changes without a clock. */
interface Parcels { n: number, after: number, items: Map<string, Parcel> }
type Outcome = 'done' | 'aside' | 'denied' | 'busy' | 'strange' | 'unreachable' | 'offline'

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

/** Where a learner stands in a whole quiz; `score` 0 to 1, `done` and `right` in questions. */
interface Reckoning {
  standings: {question: HTMLElement, verdict: Verdict | null}[]
  done: number
  right: number
  total: number
  complete: boolean
  score: number
  passed: boolean
}

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

/** What an LMS gave at launch (xAPI launch). `search` is the whole query that it came in; `activity` may be ''. */
interface Launch {
  search: string
  host: string
  endpoint: string
  auth: string
  actor: Record<string, unknown>
  activity: string
  registration: string
}
/** Why a launch cannot be one: not encrypted, not among those that the host named, not to be read. */
interface Refusal { host: string, why: 'plain_text' | 'unknown' | 'damaged' }
type Outcome = 'done' | 'aside' | 'denied' | 'busy' | 'strange' | 'unreachable' | 'offline'

/** A question as an LMS's short state refers to it. */
interface Asked { id: string, digest: string }

/** What a learner's session leaves to the next; `language` is the locale that was chosen, '' if none was. */
interface Carried { language: string, answers: Map<string, Answer>, passed: Passed | null }

/** What an LMS says when a session begins; '' and null are not said. Scores and marks from 0 to 1. */
interface Begun {
  mode: 'normal' | 'review' | 'browse'
  /** The text that was given to `save` last, in this session or another. */
  state: string
  place: string
  /** The learner's language, as the LMS writes it. */
  language: string
  /** The LMS's own pass mark, which goes before the module's. */
  passMark: number | null
  /** Best score so far. */
  score: number | null
  passed: boolean
  completed: boolean
  /** Characters that `state` may have. */
  limit: number
  /** Where the learner goes at the end of a session that can be ended by hand; '' if the LMS does not say. */
  back?: string
  /** Name of a message that holds for the whole session. */
  told?: string
}

/** A checked answer; `seconds`: from the first touch of the question. `description`: what was asked, in `language`. */
interface Interaction {
  id: string
  key: Key
  response: Given
  right: boolean
  at: Date
  seconds: number
  description: string
  language: string
}

/** How far a learner is. `score`: null until every question was answered once; `seconds` of this session. */
interface Reached {
  state: string
  place: string
  /** Share of the questions that have an answer. */
  answered: number
  score: number | null
  completed: boolean
  passed: boolean
  seconds: number
}

/** An LMS as one standard speaks to it; what each function is for, and when it is called: lms-session/session.js. */
interface Lms {
  start(): Started | Promise<Started>
  answer(interaction: Interaction): void
  save(reached: Reached): string | Promise<string>
  rest(reached: Pick<Reached, 'place' | 'seconds'>): string | Promise<string>
  leave(reached: Pick<Reached, 'place' | 'seconds'> | null): void | Promise<unknown>
}
type Started = Begun | {refused: string} | null

/** The quiz on the page, for its session; `place` gives where in the text the learner is. */
interface Watched { quiz: Quiz, questions: Asked[], language: string, place: () => string }

/** What an LMS gave at a cmi5 launch; `agent` is the actor as it was written. */
interface Opened { endpoint: string, fetch: string, agent: string, actor: Record<string, unknown>, registration: string, activity: string }

/** What a tab holds of a cmi5 session; `over`: nothing may follow. */
interface Held { fetch: string, token: string, begun: boolean, over: boolean }

/**
 * A statement on its way to an LMS. `once`: its verb, if a registration has it once only; `before`: one was sent in an earlier
 * session, and what came of it is not known. An `optional` one is let go if the LMS does not want it.
 */
interface Waiting { id: string, text: string, once?: string, before?: boolean, optional?: boolean, taken?: () => void }

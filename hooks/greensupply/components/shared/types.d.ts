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

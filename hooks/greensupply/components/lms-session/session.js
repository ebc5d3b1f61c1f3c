// @ts-check
/**
 * One learner's session with an LMS: what is told to it, and when. It knows no standard; an `Lms` does, one for each.
 *
 * The seam for another standard is the interface `Lms` in shared/types.d.ts, and an entry `start-<format>.js` beside this
 * file that hands one to `open` (page.js). Nothing here waits for the network: `start` alone may take its time.
 * - `start()` finds the LMS and begins: null where there is none, `{refused}` where it does not begin, else what it says (`Begun`).
 *   What is kept of an earlier session (`state`, `place`) comes back as this file last gave it to `save`.
 * - `answer(interaction)` notes one checked answer; the `save` for it follows in the same task.
 * - `save(reached)` has the whole standing kept; gives '' or what the LMS refused, in its own words or number.
 * - `rest(reached)` is called when the page is hidden: time and place, kept.
 * - `leave(reached)` is called once, when the page goes or the learner ends the session; null in one that records nothing.
 *   Nothing follows it; where the learner ended it, it is waited for.
 *
 * Rules that hold for every standard: in review and browse mode nothing is recorded; a score is told once every question
 * is answered, because an LMS compares any score with its mastery score when the learner leaves (SCORM 1.2 RTE, 3.4.4),
 * and would call half a quiz failed; the best score counts, and nobody goes from passed to failed.
 */
import {reckon} from '../shared/page.js'
import {pack} from './state.js'

const SECOND = 1000

export class Session {
  #lms
  #launch
  #tell
  #began = performance.now()
  #over = false
  #due = false
  #completed
  #passed
  /** Best score of a whole quiz, 0 to 1. @type {number | null} */
  #best
  /** The last text that the LMS can keep. */
  #state
  /** @type {Watched | null} */
  #watched = null

  /**
   * @param {Lms} lms
   * @param {Begun} launch
   * @param {(refused: string) => void} tell hears after each save what the LMS refused, '' if nothing
   */
  constructor(lms, launch, tell) {
    this.#lms = lms
    this.#launch = launch
    this.#tell = tell
    this.#completed = launch.completed
    this.#passed = launch.passed
    this.#best = launch.score
    this.#state = launch.state
  }

  get recording() { return this.#launch.mode === 'normal' && !this.#over }

  /** The quiz that is shown from now on; it may be shown anew, in another language. @param {Watched} watched */
  watch(watched) {
    this.#watched = watched
    const {passed} = watched.quiz.progress
    if (passed?.revision !== watched.quiz.revision) return
    this.#completed = this.#passed = true
    this.#best = Math.max(this.#best ?? 0, passed.score)
  }

  /** @param {Omit<Interaction, 'at'>} interaction */
  answer(interaction) { if (this.recording) this.#lms.answer({...interaction, at: new Date()}) }

  /** Save once, after everything that happens now: an answer changes the progress twice. */
  change() {
    if (this.#due || !this.recording) return
    this.#due = true
    queueMicrotask(() => { this.#due = false; void this.save() })
  }

  async save() {
    if (!this.recording || !this.#watched) return
    const {quiz, questions, language, place} = this.#watched
    const {done, total, complete, score, passed} = reckon(quiz)
    if (complete) {
      this.#completed = true
      this.#passed ||= passed
      this.#best = Math.max(this.#best ?? 0, score)
    }
    const {answers, passed: kept} = quiz.progress.kept
    const state = pack({language, answers, passed: kept}, questions)
    const fits = state.length <= this.#launch.limit
    if (fits) this.#state = state
    const refused = await this.#lms.save({
      state: this.#state,
      place: place(),
      answered: total ? done / total : 0,
      score: this.#completed ? this.#best : null,
      completed: this.#completed,
      passed: this.#passed,
      seconds: this.#seconds,
    })
    this.#tell(refused || (fits ? '' : `${state.length} > ${this.#launch.limit}`))
  }

  async rest() {
    if (this.recording && this.#watched) this.#tell(await this.#lms.rest(this.#here))
  }

  leave() {
    if (this.#over) return
    const {recording} = this
    this.#over = true
    return this.#lms.leave(recording ? this.#here : null)
  }

  get #here() { return {place: this.#watched?.place() ?? '', seconds: this.#seconds} }

  get #seconds() { return (performance.now() - this.#began) / SECOND }
}

// @ts-check
import {hush, languageOf, make, quizOf, reckon, say} from '../shared/page.js'
import {percent} from '../shared/numbers.js'

/** The learner's result in one module. Without script: how many questions there are, and the pass mark. */
export class QuizScore extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Quiz | null} */
  #quiz = null

  connectedCallback() { // may run again: an element can be moved
    this.#quiz = quizOf()
    if (!this.#quiz) return
    this.#listening = new AbortController()
    const {signal} = this.#listening
    this.addEventListener('click', event => this.#press(event), {signal})
    this.addEventListener('keydown', event => { if (event.key === 'Escape') this.#keep() }, {signal})
    this.#quiz.progress.addEventListener('change', event => {
      if (!(event instanceof CustomEvent)) return
      this.#update(event.detail.here)
      if (event.detail.here) this.#record()
    }, {signal})
    this.#part('.plain').hidden = true
    this.#part('.board').hidden = false
    this.#update(false)
    this.#record()
  }

  disconnectedCallback() { this.#listening?.abort() }

  /** @param {string} selector */
  #part(selector) { return /** @type {HTMLElement} */ (this.querySelector(selector)) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return this.#quiz ? say(this.#quiz, name, values) : '' }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('button[data-do]') : null
    if (!(button instanceof HTMLElement)) return
    if (button.dataset.do === 'ask') this.#ask()
    else if (button.dataset.do === 'keep') this.#keep()
    else if (button.dataset.do === 'erase') this.#erase()
  }

  #ask() {
    this.#part('[data-do="ask"]').hidden = true
    this.#part('.sure').hidden = false
    this.#part('[data-do="keep"]').focus()
  }

  #keep() {
    if (this.#part('.sure').hidden) return
    this.#closeQuestion()
    this.#part('[data-do="ask"]').focus()
  }

  #erase() {
    this.#closeQuestion()
    this.#part('h2').focus()
    this.#quiz?.progress.erase()
    this.#part('.verdict').replaceChildren(make('p', '', this.#say('erased')))
  }

  #closeQuestion() {
    this.#part('.sure').hidden = true
    this.#part('[data-do="ask"]').hidden = false
  }

  #reckon() { return reckon(/** @type {Quiz} */ (this.#quiz)) }

  /** @param {boolean} here */
  #update(here) {
    const counts = this.#reckon()
    if (!here) hush(this.#part('.verdict'))
    this.#showVerdict(counts)
    this.#showFigures(counts)
    this.#showLinks('open', counts.standings.filter(({verdict}) => !verdict))
    this.#showLinks('wrong', counts.standings.filter(({verdict}) => verdict && !verdict.right))
    this.#part('.again').hidden = counts.done === 0
    this.#showPassed()
    this.#showTroubles()
  }

  /** Speaks only when it changes. @param {{complete: boolean, passed: boolean, score: number}} counts */
  #showVerdict({complete, passed, score}) {
    const before = this.#quiz?.progress.passed?.revision === this.#quiz?.revision
    const state = !complete ? 'open' : passed ? 'right' : before ? 'open' : 'wrong'
    const name = !complete ? 'in_progress' : passed ? 'passed' : before ? 'passed_below' : 'failed'
    const values = {score: percent(score, languageOf(this)), pass_mark: percent(this.#quiz?.passMark ?? 0, languageOf(this))}
    const text = this.#say(name, values)
    const verdict = this.#part('.verdict')
    this.dataset.state = state
    if (verdict.textContent === text) return
    const words = make('p', '', text)
    words.dataset.mark = state
    verdict.replaceChildren(words)
  }

  /** @param {{done: number, right: number, total: number, score: number}} counts */
  #showFigures({done, right, total, score}) {
    this.#part('.bar label').textContent = this.#say('answered', {done, total})
    const bar = this.querySelector('progress')
    if (bar) bar.value = done
    this.#part('[data-show="right"]').textContent = this.#say('right_of', {right, total})
    this.#part('[data-show="score"]').textContent = percent(score, languageOf(this))
    this.#part('[data-show="pass-mark"]').textContent = percent(this.#quiz?.passMark ?? 0, languageOf(this))
  }

  /** @param {'open' | 'wrong'} name @param {{question: HTMLElement}[]} states */
  #showLinks(name, states) {
    const box = this.#part(`[data-list="${name}"]`)
    box.hidden = states.length === 0
    box.querySelector('ul')?.replaceChildren(...states.map(({question}) => {
      const link = make('a', '', this.#say('question_link', {number: question.dataset.number ?? ''}))
      link.href = `#question-${question.dataset.id}`
      return make('li', '', link)
    }))
  }

  /** Keep a pass that this tab saw; the first one of a revision is told to the page. */
  #record() {
    const {progress, module, revision} = /** @type {Quiz} */ (this.#quiz)
    const {passed, score} = this.#reckon()
    const before = progress.passed
    const first = !before || before.revision < revision
    if (!passed || (before && !first && (before.revision > revision || before.score >= score))) return
    const at = new Date().toISOString()
    progress.pass({score, at, revision})
    if (first) this.dispatchEvent(new CustomEvent('greensupply:passed', {bubbles: true, detail: {module, revision, score, at}}))
  }

  #showPassed() {
    const line = this.#part('.passed-before')
    const passed = this.#quiz?.progress.passed
    line.hidden = !passed
    if (!passed) return
    const date = new Intl.DateTimeFormat(languageOf(this), {dateStyle: 'long'}).format(new Date(passed.at))
    const name = passed.revision < (this.#quiz?.revision ?? 0) ? 'passed_older' : 'passed_before'
    line.textContent = this.#say(name, {date, score: percent(passed.score, languageOf(this))})
  }

  #showTroubles() {
    const troubles = this.#quiz?.progress.troubles ?? []
    const box = this.#part('.troubles')
    box.hidden = troubles.length === 0
    box.replaceChildren(...troubles.map(trouble => make('p', 'news', this.#say(`storage_${trouble}`))))
    this.#part('.kept').hidden = troubles.some(trouble => trouble !== 'corrupt')
  }
}

customElements.get('quiz-score') ?? customElements.define('quiz-score', QuizScore)

// @ts-check
import {hush, languageOf, make, quizOf, say, standing} from '../shared/page.js'
import {write} from '../shared/numbers.js'
import {mark} from '../shared/marking.js'
import {FIELDS, items, markEnds} from './fields.js'

/** A self-check question. Without script: a fieldset, and a `<details>` with the answer. */
export class QuizQuestion extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening
  /** @type {Quiz | null} */
  #quiz = null
  /** Counter of the kept answer that is shown. */
  #shown = -1

  connectedCallback() { // may run again: an element can be moved
    this.#quiz = quizOf()
    if (!this.#quiz) return
    this.#listening = new AbortController()
    const {signal} = this.#listening
    if (!this.querySelector('.actions')) this.#addButtons()
    this.addEventListener('click', event => this.#press(event), {signal})
    this.addEventListener('input', () => this.#forgetResult(), {signal})
    this.addEventListener('keydown', event => this.#enter(event), {signal})
    this.#quiz.progress.addEventListener('change', event => {
      if (event instanceof CustomEvent) this.#update(event.detail.here)
    }, {signal})
    this.#update(false)
  }

  disconnectedCallback() { this.#listening?.abort() }

  get #result() { return /** @type {HTMLElement} */ (this.querySelector('.result')) }
  get #answer() { return /** @type {HTMLDetailsElement} */ (this.querySelector('details.answer')) }
  get #legend() { return /** @type {HTMLElement} */ (this.querySelector('legend')) }
  get #type() { return /** @type {QuestionType} */ (JSON.parse(this.dataset.key ?? '{}').type) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return this.#quiz ? say(this.#quiz, name, values) : '' }

  #addButtons() {
    for (const item of items(this)) {
      const name = item.textContent?.trim() ?? ''
      item.append(make('span', 'movers', ...['up', 'down'].map(way => {
        const button = make('button', 'mover', make('span', 'unseen', this.#say(`move_${way}`, {item: name})))
        button.type = 'button'
        button.dataset.do = way
        return button
      })))
    }
    const check = make('button', 'button main-button', this.#say('check'))
    const again = make('button', 'button plain-button', this.#say('try_again'))
    check.dataset.do = 'check'
    again.dataset.do = 'again'
    check.type = again.type = 'button'
    again.hidden = true
    this.#result.before(make('div', 'actions', check, again))
  }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('button[data-do]') : null
    if (!(button instanceof HTMLElement)) return
    const {do: task, value} = button.dataset
    if (task === 'check') this.#check()
    else if (task === 'again') this.#tryAgain()
    else if (task === 'mean') this.#mean(Number(value))
    else this.#move(button, task === 'up' ? -1 : 1)
  }

  /** @param {KeyboardEvent} event */
  #enter(event) {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    this.#check()
  }

  #check() {
    if (!this.#quiz) return
    const given = FIELDS[this.#type].given(this, languageOf(this))
    this.#forgetResult()
    if ('problem' in given) this.#tellProblem(given.problem, given.fields, given.values)
    else if ('ambiguous' in given) this.#ask(given.ambiguous, given.text)
    else {
      const {id = '', digest = '', key = '{}'} = this.dataset
      const {right} = mark(JSON.parse(key), given.response)
      this.#quiz.progress.keep(id, {digest, response: given.response, right})
      this.dispatchEvent(new CustomEvent('greensupply:answered', {bubbles: true, detail: {question: id, right, response: given.response}}))
    }
  }

  /** @param {string} problem @param {HTMLElement[]} fields @param {Values} values */
  #tellProblem(problem, fields, values) {
    const message = make('p', 'problem', this.#say(problem, values))
    message.id = `${this.#legend.id}-problem`
    this.#result.replaceChildren(message)
    for (const field of fields) {
      field.setAttribute('aria-describedby', message.id)
      field.setAttribute('aria-invalid', 'true')
    }
    if (!fields.length) this.querySelector('fieldset')?.setAttribute('aria-describedby', `${message.id} ${this.#legend.id}-task`)
  }

  /** Never guess what `1.250` means. @param {[number, number]} readings @param {string} text */
  #ask(readings, text) {
    const buttons = readings.map(value => {
      const button = make('button', 'button plain-button', write(value, languageOf(this)))
      button.type = 'button'
      button.dataset.do = 'mean'
      button.dataset.value = String(value)
      return button
    })
    const message = make('p', 'news', this.#say('ambiguous', {text}))
    message.id = `${this.#legend.id}-problem`
    this.querySelector('.number input')?.setAttribute('aria-describedby', message.id)
    const choice = make('div', 'readings', ...buttons)
    choice.setAttribute('role', 'group')
    choice.setAttribute('aria-labelledby', message.id)
    this.#result.replaceChildren(message, choice)
  }

  /** @param {number} value */
  #mean(value) {
    FIELDS[this.#type].put(this, value, languageOf(this))
    this.#focusOn('button[data-do="check"]')
    this.#check()
  }

  #tryAgain() {
    FIELDS[this.#type].put(this, null, languageOf(this))
    this.#forgetResult()
    this.#answer.open = false
    this.#focusOn('.ask input, .ask select, .ask .mover')
  }

  /** Move the neighbour, so that the line in hand keeps its focus. @param {HTMLElement} button @param {-1 | 1} step */
  #move(button, step) {
    const lines = items(this)
    const line = lines.find(item => item.contains(button))
    if (!line) return
    const from = lines.indexOf(line)
    const neighbour = lines[from + step]
    const name = line.querySelector('.text')?.textContent?.trim() ?? ''
    this.#forgetResult()
    if (neighbour && step < 0) line.after(neighbour)
    else if (neighbour) line.before(neighbour)
    markEnds(this)
    const message = neighbour ? 'moved' : step < 0 ? 'already_first' : 'already_last'
    const values = {item: name, place: from + step + 1, total: lines.length}
    this.#result.replaceChildren(make('p', 'unseen', this.#say(message, values)))
  }

  /** What is in the fields is no longer what was checked. */
  #forgetResult() {
    delete this.dataset.state
    this.#result.replaceChildren()
    this.querySelector('.actions [data-do="again"]')?.toggleAttribute('hidden', true)
    this.querySelector('fieldset')?.setAttribute('aria-describedby', `${this.#legend.id}-task`)
    for (const field of this.querySelectorAll('.ask input, .ask select')) {
      field.removeAttribute('aria-describedby')
      field.removeAttribute('aria-invalid')
    }
  }

  /** Show what is kept, if it is another answer than the one shown. @param {boolean} here */
  #update(here) {
    if (!this.#quiz) return
    const {answer, response, verdict} = standing(this, this.#quiz.progress)
    if ((answer?.n ?? 0) === this.#shown) return
    this.#shown = answer?.n ?? 0
    this.#forgetResult()
    FIELDS[this.#type].put(this, response, languageOf(this))
    const outdated = answer && answer.response !== null && !verdict
    if (!here && (verdict || outdated)) hush(this.#result)
    this.#answer.hidden = !verdict
    if (verdict) this.#showVerdict(verdict, here)
    else this.#answer.open = false
    if (outdated) this.#result.replaceChildren(make('p', 'news', this.#say('updated')))
  }

  /** @param {Verdict} verdict @param {boolean} here */
  #showVerdict({right, feedback, found, extra = 0, placed, total = 0}, here) {
    const state = right ? 'right' : 'wrong'
    const said = make('p', 'said', make('strong', '', this.#say(`verdict_${state}`)))
    const several = this.#type === 'multiple' && found !== undefined
    if (!right && several) said.append(' ', make('span', 'count', this.#say('found', {found, total, extra})))
    if (!right && placed !== undefined) {
      const name = this.#type === 'matching' ? 'placed_pairs' : 'placed_items'
      said.append(' ', make('span', 'count', this.#say(name, {placed, total})))
    }
    const panel = make('div', 'panel', said, ...feedback.flatMap(index => this.#why(index, several)))
    const revealing = !['single', 'multiple', 'true-false'].includes(this.#type)
    const explanation = this.#answer.querySelector('.explanation')
    if (explanation && (right || !revealing)) panel.append(explanation.cloneNode(true))
    panel.dataset.mark = state
    this.dataset.state = state
    this.#result.replaceChildren(panel)
    this.querySelector('.actions [data-do="again"]')?.toggleAttribute('hidden', false)
    const news = here ? this.#quiz?.progress.untold() ?? [] : []
    for (const trouble of news) panel.append(make('p', 'news', this.#say(`storage_${trouble}`)))
  }

  /** The feedback of one answer, after its text where several were chosen. @param {number} index @param {boolean} named */
  #why(index, named) {
    const line = this.#answer.querySelector(`.answers > [data-index="${index}"]`)
    const feedback = line?.querySelector('.feedback')?.cloneNode(true)
    const text = line?.querySelector('.text')?.cloneNode(true)
    if (!feedback) return []
    return named && text ? [make('p', 'chosen', text), feedback] : [feedback]
  }

  /** @param {string} selector */
  #focusOn(selector) {
    const target = this.querySelector(selector)
    if (target instanceof HTMLElement) target.focus()
  }
}

customElements.get('quiz-question') ?? customElements.define('quiz-question', QuizQuestion)

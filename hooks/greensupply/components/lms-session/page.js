// @ts-check
/** The page of a package: it begins with the LMS, shows the module in the learner's language, and tells in words how it stands. */
import '../quiz-question/quiz-question.js'
import '../quiz-score/quiz-score.js'
import {nearest} from '../learning-status/place.js'
import {make, quizOf, say} from '../shared/page.js'
import {keepIn} from '../shared/store.js'
import {Session} from './session.js'
import {unpack} from './state.js'

/** Where the language stands that was chosen on a page without LMS. */
const LANGUAGE = 'greensupply.package-language'
const SECOND = 1000
const NEAR = 1e-9

/** Begin the session, and show the module. @param {Lms} lms */
export async function open(lms) { await new Lesson(lms).begin() }

class Lesson {
  #lms
  #texts = /** @type {HTMLTemplateElement[]} */ ([...document.querySelectorAll('template[data-words]')])
  #article = part('article')
  /** @type {Session | null} */
  #session = null
  /** @type {Begun | null} */
  #launch = null
  /** Name of the message about keeping that holds for the whole session. */
  #standing = ''
  #refused = ''
  #place = ''
  #shown = this.#texts[0]
  /** When a learner first touched a question since its last answer. @type {Map<string, number>} */
  #touched = new Map()

  /** @param {Lms} lms */
  constructor(lms) { this.#lms = lms }

  async begin() {
    const found = await this.#lms.start()
    const launch = found && 'mode' in found ? found : null
    const questions = this.#questions
    const state = unpack(launch?.state ?? '', questions)
    this.#launch = launch
    this.#standing = !found ? 'no_lms' : !launch ? 'not_begun' : launch.told ?? (launch.mode === 'normal' ? '' : 'looking')
    this.#refused = found && 'refused' in found ? found.refused : ''
    this.#place = launch?.place ?? ''
    if (launch) {
      this.#session = new Session(this.#lms, launch, refused => this.#hear(refused))
      keepIn(memory(this.#key, state, this.#revision))
    }
    this.#listen()
    const wishes = [launch ? state.language : remembered(), ...(launch?.language ?? '').split(','), ...navigator.languages]
    const text = this.#texts.length === 1 ? this.#texts[0] : this.#text(wishes)
    if (text) this.#show(text)
    else part('.gs-package__ask').hidden = false
  }

  /** Questions in order, the same in every language. @returns {Asked[]} */
  get #questions() {
    const found = /** @type {NodeListOf<HTMLElement>} */ (this.#texts[0].content.querySelectorAll('quiz-question'))
    return [...found].map(({dataset: {id = '', digest = ''}}) => ({id, digest}))
  }

  get #score() { return /** @type {HTMLElement} */ (this.#texts[0].content.querySelector('quiz-score')).dataset }
  get #key() { return `greensupply.module.${this.#score.module}` }
  get #revision() { return Number(this.#score.revision) }

  #listen() {
    for (const button of document.querySelectorAll('button[data-locale]')) {
      button.addEventListener('click', () => this.#choose(/** @type {HTMLElement} */ (button).dataset.locale ?? ''))
    }
    part('[data-do="resend"]').addEventListener('click', () => { void this.#session?.save() })
    part('[data-do="end"]').addEventListener('click', () => { void this.#end() })
    this.#article.addEventListener('focusin', event => this.#touch(event))
    this.#article.addEventListener('greensupply:answered', event => this.#answer(event))
    document.addEventListener('greensupply:progress', () => this.#session?.change())
    document.addEventListener('visibilitychange', () => { if (document.hidden) void this.#session?.rest() })
    addEventListener('pagehide', () => this.#session?.leave())
    addEventListener('pageshow', event => { if (event.persisted) location.reload() }) // its session is over
  }

  /** The learner ends the session; not before everything is with the LMS. */
  async #end() {
    const {back = '', mode} = this.#launch ?? {}
    await this.#session?.save()
    if (mode === 'normal' && this.#refused) return
    await this.#session?.leave()
    if (back) return location.assign(back)
    this.#standing = 'left'
    this.#launch = null
    this.#tellStanding()
  }

  /** The first wish that is there. @param {string[]} wishes */
  #text(wishes) {
    const found = wishes.map(wish => this.#texts.find(({dataset}) => dataset.locale === language(wish)))
    return found.find(text => text)
  }

  /** @param {string} locale */
  #choose(locale) {
    const text = this.#text([locale])
    const first = !this.#article.hasChildNodes()
    if (!text || (text === this.#shown && !first)) return
    this.#show(text)
    if (first) this.#focusOnTitle() // the button that was pressed is gone
    if (this.#session) this.#session.change()
    else remember(locale)
  }

  /** @param {HTMLTemplateElement} text */
  #show(text) {
    const lesson = document.importNode(text.content, true)
    const score = /** @type {HTMLElement} */ (lesson.querySelector('quiz-score'))
    const mark = this.#launch?.passMark ?? null
    if (mark !== null && Math.abs(mark - Number(text.dataset.mastery)) > NEAR) score.dataset.passMark = String(mark)
    this.#shown = text
    const kept = score.querySelector('.kept')
    if (kept && this.#session) kept.textContent = this.#say(this.#session.recording ? 'kept' : 'looking')
    document.documentElement.lang = text.lang
    document.title = text.dataset.title ?? ''
    part('.gs-package__ask').hidden = true
    for (const button of document.querySelectorAll('.gs-package__languages button')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-locale') === text.dataset.locale))
    }
    const place = this.#where()
    this.#article.replaceChildren(lesson)
    const quiz = /** @type {Quiz} */ (quizOf())
    this.#session?.watch({quiz, questions: this.#questions, language: text.dataset.locale ?? '', place: () => this.#where()})
    this.#tellStanding()
    this.#offer(place)
  }

  #focusOnTitle() {
    const title = this.#article.querySelector('h1')
    title?.setAttribute('tabindex', '-1')
    title?.focus()
  }

  /** @param {Event} event */
  #touch({target}) {
    const question = target instanceof Element ? target.closest('quiz-question') : null
    const id = question?.getAttribute('data-id') ?? ''
    if (id && !this.#touched.has(id)) this.#touched.set(id, performance.now())
  }

  /** @param {Event} event */
  #answer(event) {
    if (!(event instanceof CustomEvent) || !(event.target instanceof HTMLElement)) return
    const {detail: {question: id, right, response}, target} = event
    const since = this.#touched.get(id) ?? performance.now()
    this.#touched.delete(id)
    this.#session?.answer({
      id,
      key: JSON.parse(target.dataset.key ?? '{}'),
      response,
      right,
      seconds: (performance.now() - since) / SECOND,
      description: target.querySelector('.prompt')?.textContent?.trim() ?? '',
      language: target.lang,
    })
    this.#session?.change()
  }

  /** @param {string} refused */
  #hear(refused) {
    if (refused === this.#refused) return
    this.#refused = refused
    this.#tellStanding()
  }

  #tellStanding() {
    const {recording} = this.#session ?? {recording: false}
    const name = this.#standing || (this.#refused ? 'refused' : '')
    const text = name ? this.#say(name, {error: this.#refused}) : ''
    const told = part('.gs-package__told')
    if (told.textContent !== text) told.replaceChildren(...(text ? [make('p', '', text)] : []))
    told.lang = this.#shown.lang
    part('[data-do="resend"]').hidden = !(recording && this.#refused)
    part('[data-do="resend"]').textContent = this.#say('resend')
    part('[data-do="end"]').hidden = this.#launch?.back === undefined
    part('[data-do="end"]').textContent = this.#say('end')
    part('.gs-package__languages').setAttribute('aria-label', this.#say('language'))
  }

  /** A way back to where the learner was; nobody is taken there unasked. @param {string} place */
  #offer(place) {
    const goal = heads()[Number(place) - 1]
    const box = part('.gs-package__resume')
    box.hidden = !goal
    if (!goal) return
    const link = make('a', '', this.#say('resume', {place: label(goal)}))
    link.href = `#${goal.id}`
    link.addEventListener('click', () => { box.hidden = true })
    box.replaceChildren(link)
  }

  /** Where the learner is; until anything was scrolled, where the last session ended. */
  #where() { return (this.#place = here() || this.#place) }

  /** @param {string} name @param {Values} [values] */
  #say(name, values) { return say({words: JSON.parse(this.#shown.dataset.words ?? '{}')}, name, values) }
}

/** @param {string} selector */
function part(selector) { return /** @type {HTMLElement} */ (document.querySelector(selector)) }

/** Headings and questions in the order of the text: a place is one's number, from 1, in every language the same. */
function heads() { return /** @type {HTMLElement[]} */ ([...document.querySelectorAll('article :is(h2, h3, legend)[id]')]) }

function here() {
  const {anchor} = nearest()
  return anchor ? String(heads().findIndex(({id}) => id === anchor) + 1) : ''
}

/** @param {HTMLElement} head */
function label(head) { return (head.querySelector('.place') ?? head).textContent?.trim() ?? '' }

/** The two letters of a language as LMSs write it: `es-MX`, `es_MX`, `spa`; '' for what is no language. @param {string} wish */
function language(wish) {
  try { return new Intl.Locale(wish.replace(/_/g, '-')).language } catch { return '' }
}

/** Opens a store that is gone with the page, and holds what the LMS kept. @param {string} key @param {Carried} state @param {number} revision */
function memory(key, {answers, passed}, revision) {
  const held = new Map([[key, JSON.stringify({v: 1, revision, n: answers.size, answers: Object.fromEntries(answers), passed})]])
  const store = {
    getItem: (/** @type {string} */ name) => held.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ text) => { held.set(name, text) },
  }
  return () => /** @type {Storage} */ (/** @type {unknown} */ (store))
}

function remembered() { try { return localStorage.getItem(LANGUAGE) ?? '' } catch { return '' } }

/** @param {string} locale */
function remember(locale) { try { localStorage.setItem(LANGUAGE, locale) } catch { /* asked again next time */ } }

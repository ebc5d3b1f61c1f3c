// @ts-check
/** Presents a module: its text as slides over the page, by keyboard, clicker or touch, with a window for the speaker. */
import {fill, iconButton, make} from './dom.js'
import {taskOf} from './keys.js'
import {outline} from './outline.js'
import {Pages} from './pages.js'
import {compare} from './blocks.js'
import {Speaker} from './speaker.js'

/** Quiet time after a change of the window's size before slides are cut anew, in ms. */
const SETTLED = 150

class Presenter {
  #host
  #words
  /** @type {Slide[]} */
  #slides = []
  #at = 0
  #blank = false
  #since = 0
  /** Puts the page back as it was; null while nothing is presented. @type {(() => void) | null} */
  #leave = null
  #timer = 0
  #size = ''
  #speaker
  #stage = make('div', 'stage')
  #count = make('p', 'count')
  #said = make('p', 'gs-unseen')
  #cover
  #progress = make('div', 'progress')
  #box

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#host = host
    this.#words = PRESENTER_WORDS[host.dataset.locale ?? 'en'] ?? {}
    this.#cover = iconButton('blank', this.#words.unblank ?? '')
    this.#cover.className = 'cover'
    this.#cover.hidden = true
    this.#said.setAttribute('role', 'status')
    this.#stage.tabIndex = -1
    this.#stage.setAttribute('role', 'group')
    this.#progress.append(make('div'))
    this.#box = this.#frame()
    this.#speaker = new Speaker(/** @type {HTMLAnchorElement} */ (host.querySelector('a.speaker')), task => this.#do(task), () => this.#deck())
    host.addEventListener('greensupply:present', () => this.open())
    addEventListener('keydown', event => this.#key(event), {capture: true}) // also where nothing has the focus
    host.addEventListener('click', event => this.#press(event))
    document.addEventListener('fullscreenchange', () => { if (this.#leave) this.#stage.focus({preventScroll: true}) })
    new ResizeObserver(() => {
      clearTimeout(this.#timer)
      this.#timer = window.setTimeout(() => this.#resize(), SETTLED)
    }).observe(this.#stage)
    addEventListener('pagehide', () => this.#speaker.tell({closed: true}))
  }

  /** @param {string} name @param {Record<string, string | number>} [values] */
  #say(name, values = {}) { return fill(this.#words[name] ?? '', values) }

  #frame() {
    const bar = make('div', 'bar')
    bar.setAttribute('role', 'group')
    bar.setAttribute('aria-label', this.#say('controls'))
    const reveal = make('button', 'reveal')
    reveal.type = 'button'
    reveal.dataset.do = 'reveal'
    const tool = (/** @type {string} */ task) => iconButton(task, this.#say(task))
    bar.append(tool('previous'), this.#count, tool('next'), reveal, make('span', 'gap'), tool('speaker'), tool('blank'))
    if (document.fullscreenEnabled) bar.append(tool('full'))
    bar.append(tool('close'))
    const box = make('div', 'gs-presenter', this.#stage, this.#progress, bar, this.#said, this.#cover)
    box.setAttribute('role', 'dialog')
    box.setAttribute('aria-modal', 'true')
    box.setAttribute('aria-label', this.#say('presenter', {title: document.querySelector('.gs-article h1')?.textContent ?? ''}))
    return box
  }

  open() {
    if (this.#leave) return
    this.#leave = leaving(this.#host)
    this.#since ||= Date.now()
    this.#host.append(this.#box)
    this.#host.dataset.open = ''
    this.#cut()
    this.#show(this.#at)
    this.#stage.focus({preventScroll: true})
    this.#speaker.tell({closed: false, ...this.#deck()})
  }

  #close() {
    if (!this.#leave) return
    if (document.fullscreenElement) void document.exitFullscreen()
    this.#cloak(false)
    this.#box.remove()
    delete this.#host.dataset.open
    this.#leave()
    this.#leave = null
    this.#speaker.tell({closed: true})
  }

  /** Cut the page into slides for this screen, and stay at the same place of the text. */
  #cut() {
    const article = document.querySelector('.gs-article')
    const before = this.#slides[this.#at]
    this.#size = this.#measure
    this.#slides = article ? new Pages(this.#stage, this.#words).cut(outline(article, this.#words)) : []
    if (!before) return
    const same = this.#slides.findIndex(slide => slide.order >= before.order && slide.reveal === before.reveal && compare(slide.to, before.from) >= 0)
    this.#at = this.#at === 0 ? 0 : Math.max(0, same)
  }

  get #measure() { return `${this.#stage.clientWidth} ${this.#stage.clientHeight}` }

  #resize() {
    if (!this.#leave || this.#size === this.#measure) return
    this.#cut()
    this.#show(this.#at)
    this.#speaker.tell(this.#deck())
  }

  /** @param {number} at */
  #show(at) {
    this.#at = Math.min(Math.max(at, 0), this.#slides.length - 1)
    const slide = this.#slides[this.#at]
    if (!slide) return
    this.#box.removeAttribute('data-blocked')
    const inside = this.#stage.contains(document.activeElement)
    this.#stage.replaceChildren(slide.element)
    this.#stage.scrollTop = 0
    this.#stage.tabIndex = this.#stage.scrollHeight > this.#stage.clientHeight + 1 ? 0 : -1
    if (inside) this.#stage.focus({preventScroll: true})
    const count = this.#slides.at(-1)?.number ?? 0
    this.#count.textContent = this.#say('place', {number: slide.number, count})
    this.#said.textContent = this.#say(slide.reveal ? 'said_answer' : 'said', {number: slide.number, count, title: slide.title})
    this.#stage.setAttribute('aria-label', this.#said.textContent)
    const done = /** @type {HTMLElement} */ (this.#progress.firstElementChild)
    done.style.inlineSize = `${100 * slide.number / count}%`
    this.#tellEnds(slide)
    this.#speaker.tell({at: this.#at})
  }

  /** What the buttons can do on this slide. @param {Slide} slide */
  #tellEnds(slide) {
    const button = (/** @type {string} */ task) => this.#box.querySelector(`.bar [data-do="${task}"]`)
    button('previous')?.setAttribute('aria-disabled', String(this.#at === 0))
    button('next')?.setAttribute('aria-disabled', String(this.#at === this.#slides.length - 1))
    const reveal = /** @type {HTMLElement | null} */ (button('reveal'))
    if (!reveal) return
    const polled = slide.reveal || Boolean(this.#slides[this.#at + 1]?.reveal)
    if (!polled && document.activeElement === reveal) this.#stage.focus({preventScroll: true})
    reveal.hidden = !polled
    reveal.textContent = this.#say(slide.reveal ? 'hide' : 'reveal')
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.#leave) return
    const searches = event.key?.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
    const task = searches ? 'nothing' : taskOf(event)
    if (!task) return
    event.preventDefault()
    event.stopPropagation()
    this.#do(task)
  }

  /** @param {Event} event */
  #press({target}) {
    const button = target instanceof Element ? target.closest('button[data-do]') : null
    if (button instanceof HTMLElement) this.#do(/** @type {Task} */ (button.dataset.do))
  }

  /** @param {Task | 'reset' | number} task */
  #do(task) {
    if (!this.#leave || task === 'nothing') return
    if (task === 'blank') return this.#cloak(!this.#blank)
    if (task === 'close') return this.#close()
    if (task === 'speaker') return this.#openSpeaker()
    if (task === 'full') return void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {})
    if (task === 'reset') {
      this.#since = Date.now()
      return this.#speaker.tell({since: this.#since})
    }
    this.#cloak(false)
    if (typeof task === 'number') this.#show(task)
    else if (task === 'first') this.#show(0)
    else if (task === 'last') this.#show(this.#slides.length - 1)
    else if (task === 'reveal') this.#reveal()
    else if ((task === 'next' || task === 'previous') && !this.#scrolled(task === 'next' ? 1 : -1)) this.#show(this.#at + (task === 'next' ? 1 : -1))
  }

  /** A slide that is longer than the screen is gone through first. @param {1 | -1} way */
  #scrolled(way) {
    const {scrollTop, scrollHeight, clientHeight} = this.#stage
    const left = way > 0 ? scrollHeight - clientHeight - scrollTop : scrollTop
    if (left <= 2) return false
    this.#stage.scrollTop += way * clientHeight * .85
    return true
  }

  #reveal() {
    const slide = this.#slides[this.#at]
    if (slide?.reveal) this.#show(this.#slides.findIndex(({number}) => number === slide.number))
    else if (this.#slides[this.#at + 1]?.reveal) this.#show(this.#at + 1)
  }

  /** A blank screen; a press anywhere brings the slide back. @param {boolean} blank */
  #cloak(blank) {
    if (blank === this.#blank) return
    this.#blank = blank
    this.#cover.hidden = !blank
    if (blank) {
      this.#said.textContent = this.#say('said_blank')
      this.#cover.focus()
    } else this.#stage.focus({preventScroll: true})
    this.#speaker.tell({blank})
  }

  #openSpeaker() {
    if (!this.#speaker.open()) this.#said.textContent = this.#say('blocked')
    this.#box.toggleAttribute('data-blocked', !this.#speaker.there)
  }

  /** Everything that the speaker's window shows. */
  #deck() {
    const slides = this.#slides.map(({element, ...told}) => ({...told, lines: linesOf(element)}))
    return {slides, at: this.#at, blank: this.#blank, since: this.#since, title: this.#slides[0]?.title ?? ''}
  }
}

/** Takes the page out of reach; gives what puts it back, with focus and place of reading. @param {HTMLElement} host */
function leaving(host) {
  const focused = document.activeElement
  const parts = /** @type {HTMLElement[]} */ ([...document.body.children].filter(part => part !== host && !part.hasAttribute('inert')))
  const mark = document.elementsFromPoint(innerWidth / 2, innerHeight / 2).find(part => part.closest('.gs-article')) ?? document.body
  const [before, top] = [scrollY, mark.getBoundingClientRect().top]
  const width = innerWidth
  for (const part of parts) part.inert = true
  document.documentElement.dataset.gsPresenting = ''
  return () => {
    delete document.documentElement.dataset.gsPresenting
    for (const part of parts) part.inert = false
    if (focused instanceof HTMLElement) focused.focus({preventScroll: true})
    const now = innerWidth === width ? before : scrollY + mark.getBoundingClientRect().top - top
    scrollTo({top: now, behavior: 'instant'})
  }
}

/** The words of a slide, line by line. @param {HTMLElement} slide */
function linesOf(slide) {
  const rows = [...slide.querySelectorAll('.body :is(p, li, tr, figcaption, dt, dd, h2, .told)')]
  return rows.filter(row => row.matches('.told') || !row.querySelector('p, li') && !row.closest('.told')).map(row => {
    const parts = row.matches('tr, li, .told') ? [...row.children].filter(part => row.matches('tr') || part.matches('.letter, .text, .mark, .feedback')) : []
    const text = parts.length ? parts.map(part => part.textContent?.trim()).join(row.matches('tr') ? ' · ' : ' ') : row.textContent
    return (text ?? '').replace(/\s+/g, ' ').trim()
  }).filter(Boolean)
}

for (const host of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('module-presenter'))) new Presenter(host)

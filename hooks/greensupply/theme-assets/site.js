// @ts-check
/** The header's menu and search. Material keeps their state in two checkboxes; focus, names and keys are kept here. */
/**
 * A part of the page that covers the rest while it is open: named, closed by Escape, the rest out of reach.
 * @typedef {{toggle: string, panel: string, openers: string, closers: string, first: string, behind: string, dialog: boolean}} Parts
 */
class Panel {
  /** @type {HTMLInputElement | null} */
  #toggle
  /** @type {HTMLElement | null} */
  #panel
  /** @type {Parts} */
  #parts
  /** @type {HTMLElement | null} */
  #back = null

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts
    this.#toggle = /** @type {HTMLInputElement | null} */ (document.getElementById(parts.toggle))
    this.#panel = document.querySelector(parts.panel)
    if (!this.#toggle || !this.#panel) return
    this.#toggle.addEventListener('change', () => this.#changed())
    this.#panel.addEventListener('click', event => this.#follow(event))
    for (const opener of document.querySelectorAll(parts.openers)) opener.addEventListener('click', () => this.open())
    for (const closer of document.querySelectorAll(parts.closers)) closer.addEventListener('click', () => this.close())
    if (this.#toggle.checked) this.#changed()
  }

  open() {
    if (!this.#toggle || !this.#panel) return
    if (!this.#toggle.checked) {
      this.#back = document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : null
      this.#toggle.click()
    }
    const first = this.#panel.querySelector(this.#parts.first)
    if (first instanceof HTMLElement) first.focus()
    if (first instanceof HTMLInputElement) first.select()
  }

  close() {
    if (this.#toggle?.checked) this.#toggle.click()
  }

  #changed() {
    if (!this.#toggle || !this.#panel) return
    const open = this.#toggle.checked
    const inside = this.#panel.contains(document.activeElement) || document.activeElement === document.body
    for (const opener of document.querySelectorAll(this.#parts.openers)) opener.setAttribute('aria-expanded', String(open))
    for (const part of document.querySelectorAll(this.#parts.behind)) part.toggleAttribute('inert', open)
    if (this.#parts.dialog) this.#name(open)
    if (!open && inside) this.#home()?.focus()
  }

  /** A sidebar becomes a dialog while it lies over the page. @param {boolean} open */
  #name(open) {
    const values = open ? {role: 'dialog', 'aria-modal': 'true', 'aria-label': this.#panel?.dataset.gsName ?? ''} : {}
    for (const name of ['role', 'aria-modal', 'aria-label']) this.#panel?.removeAttribute(name)
    for (const [name, value] of Object.entries(values)) this.#panel?.setAttribute(name, value)
  }

  /** @returns {HTMLElement | null} what had the focus before, or the button that opens */
  #home() {
    const back = this.#back
    this.#back = null
    return back?.isConnected && back.checkVisibility?.() !== false ? back : document.querySelector(this.#parts.openers)
  }

  /** A link to a part of this page closes the panel and takes the focus there. @param {Event} event */
  #follow({target}) {
    const link = target instanceof Element ? target.closest('a') : null
    if (!link || !link.hash || link.pathname !== location.pathname || link.search !== location.search) return
    const goal = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!goal) return
    this.close()
    if (!goal.matches('a[href], button, input, select, textarea, summary, [tabindex]')) goal.tabIndex = -1
    goal.focus({preventScroll: true})
  }
}

const html = document.documentElement
const drawer = new Panel({
  toggle: '__drawer',
  panel: '#gs-menu',
  openers: '.gs-menu-button',
  closers: '.gs-menu-close',
  first: '.gs-menu-close',
  behind: '.gs-skip, .gs-strip, .gs-header, .md-content, .md-sidebar--secondary, .gs-footer',
  dialog: true,
})
const search = new Panel({
  toggle: '__search',
  panel: '#gs-search',
  openers: '.gs-search-button',
  closers: '.gs-search__close, .gs-search__shade',
  first: '.gs-search__input',
  behind: '.gs-skip, .gs-strip, .gs-header__inner > :not(.gs-search), .md-container',
  dialog: false,
})
html.classList.add('gs-js')

addEventListener('keydown', event => {
  if (event.key === 'Escape') for (const panel of [search, drawer]) panel.close()
  if (event.key?.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    event.preventDefault()
    drawer.close()
    search.open()
  }
}, {capture: true})

// A sidebar where there is room beside the text; else, and always on the home page, a drawer over it.
const wide = matchMedia('(min-width: 76.25em)')
const menu = document.querySelector('#gs-menu')
const place = () => {
  drawer.close()
  menu?.classList.toggle('gs-over', !wide.matches || menu.matches('.gs-drawer--always'))
}
place()
wide.addEventListener('change', place)

const form = document.querySelector('.gs-search__form')
form?.addEventListener('submit', event => event.preventDefault())

// Material takes result links out of the Tab order; here Tab goes through them.
const list = document.querySelector('.md-search-result__list')
if (list) {
  new MutationObserver(() => {
    for (const stop of list.querySelectorAll('[tabindex="-1"]')) stop.removeAttribute('tabindex')
  }).observe(list, {childList: true, subtree: true})
}

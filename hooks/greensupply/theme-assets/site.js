// @ts-check
/** Around the text of every page: the theme's button, the list of pages as a drawer, the section being read. */
const page = document.documentElement

/** The theme: the device's, light or dark. early.js has applied what was chosen before. */
class Theme {
  #device = matchMedia('(prefers-color-scheme: dark)')
  #printing = false
  #button = /** @type {HTMLElement | null} */ (document.querySelector('.gs-scheme'))

  constructor() {
    this.#show()
    this.#button?.addEventListener('click', () => this.#change())
    this.#device.addEventListener('change', () => this.#show())
    addEventListener('storage', ({key}) => { if (key === 'greensupply.theme' || key === null) this.#recall() })
    addEventListener('pageshow', ({persisted}) => { if (persisted) this.#recall() })
    addEventListener('beforeprint', () => this.#print(true))
    addEventListener('afterprint', () => this.#print(false))
  }

  get #choice() { return page.dataset.gsTheme ?? 'auto' }

  /** After the device's own theme the other one, so that the first press changes something. */
  get #next() {
    const order = this.#device.matches ? ['auto', 'light', 'dark'] : ['auto', 'dark', 'light']
    return order[(order.indexOf(this.#choice) + 1) % order.length]
  }

  #change() {
    page.dataset.gsTheme = this.#next
    try { localStorage.setItem('greensupply.theme', this.#choice) } catch { /* for this page only */ }
    this.#show()
    const said = document.querySelector('[data-gs-scheme-said]')
    if (said) said.textContent = this.#button?.title ?? ''
  }

  #recall() {
    try {
      const kept = localStorage.getItem('greensupply.theme')
      page.dataset.gsTheme = kept === 'light' || kept === 'dark' ? kept : 'auto'
    } catch { /* stays as it is */ }
    this.#show()
  }

  /** @param {boolean} printing */
  #print(printing) {
    this.#printing = printing
    this.#show()
  }

  #show() {
    const dark = !this.#printing && (this.#choice === 'dark' || (this.#choice === 'auto' && this.#device.matches))
    page.dataset.mdColorScheme = dark ? 'slate' : 'default'
    if (!this.#button) return
    const {says = '', [this.#choice]: now = '', [this.#next]: then = ''} = this.#button.dataset
    this.#button.title = says.replace('{now}', now).replace('{next}', then)
    this.#button.setAttribute('aria-label', this.#button.title)
  }
}

/** The list of pages where there is no room for it beside the text: over the page, named, the rest out of reach. */
class Drawer {
  #panel = document.getElementById('gs-menu')
  #button = document.querySelector('.gs-menu-button')
  #shade = /** @type {HTMLElement | null} */ (document.querySelector('.gs-shade'))
  #wide = matchMedia('(min-width: 76.25em)')

  constructor() {
    this.#button?.addEventListener('click', () => this.#open())
    this.#shade?.addEventListener('click', () => this.#close())
    this.#panel?.querySelector('.gs-menu-close')?.addEventListener('click', () => this.#close())
    this.#panel?.addEventListener('click', event => this.#follow(event))
    this.#wide.addEventListener('change', () => this.#place())
    addEventListener('keydown', event => this.#key(event), {capture: true})
    addEventListener('pageshow', ({persisted}) => { if (persisted) this.#close() })
    reveal(this.#panel, this.#panel?.querySelector('[aria-current="page"]'))
  }

  /** Escape, and Ctrl+K before the search opens with it. @param {KeyboardEvent} event */
  #key({key, ctrlKey, metaKey}) {
    if (key === 'Escape' || (key?.toLowerCase() === 'k' && (ctrlKey || metaKey))) this.#close()
  }

  #open() {
    this.#show(true)
    const close = this.#panel?.querySelector('.gs-menu-close')
    if (close instanceof HTMLElement) close.focus()
  }

  #close() {
    if (!this.#panel?.classList.contains('gs-open')) return
    const inside = this.#panel.contains(document.activeElement) || document.activeElement === document.body
    this.#show(false)
    if (inside && this.#button instanceof HTMLElement) this.#button.focus()
  }

  #place() {
    this.#close()
    page.classList.toggle('gs-over', page.matches('.gs-menu-always') || !this.#wide.matches)
  }

  /** @param {boolean} open */
  #show(open) {
    if (!this.#panel) return
    this.#panel.classList.toggle('gs-open', open)
    this.#button?.setAttribute('aria-expanded', String(open))
    if (this.#shade) this.#shade.hidden = !open
    for (const part of this.#behind()) part.toggleAttribute('inert', open)
    for (const name of ['role', 'aria-modal', 'aria-label']) this.#panel.removeAttribute(name)
    if (!open) return
    this.#panel.setAttribute('role', 'dialog')
    this.#panel.setAttribute('aria-modal', 'true')
    this.#panel.setAttribute('aria-label', this.#panel.dataset.gsName ?? '')
  }

  /** What lies behind the drawer: everything but the shade. */
  #behind() {
    const main = this.#panel?.parentElement
    const parts = [...document.body.children, ...(main?.children ?? [])]
    return parts.filter(part => part !== main && part !== this.#panel && part !== this.#shade)
  }

  /** A link to a part of this page closes the drawer and takes the focus there. @param {Event} event */
  #follow({target}) {
    const link = target instanceof Element ? target.closest('a') : null
    if (!link || !link.hash || link.pathname !== location.pathname || link.search !== location.search) return
    const goal = goalOf(link)
    if (!goal) return
    this.#close()
    if (!goal.matches('a[href], button, input, select, textarea, summary, [tabindex]')) goal.tabIndex = -1
    goal.focus({preventScroll: true})
  }
}

/** Marks the section being read in the table of contents: the last whose heading is at the top of the window or above. */
class Contents {
  #side = /** @type {HTMLElement | null} */ (document.querySelector('.gs-aside'))
  /** @type {Map<Element, HTMLAnchorElement>} */
  #links = new Map()
  /** @type {Set<Element>} */
  #read = new Set()

  constructor() {
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.gs-toc a'))) {
      const goal = goalOf(link)
      if (goal) this.#links.set(goal, link)
    }
    // 90px: just below where a heading comes to rest under the header. What is whole below that line is not reached yet.
    const below = {rootMargin: '-90px 0px 9999999px 0px', threshold: 1}
    const watching = new IntersectionObserver(changes => this.#mark(changes), below)
    for (const heading of this.#links.keys()) watching.observe(heading)
  }

  /** @param {IntersectionObserverEntry[]} changes */
  #mark(changes) {
    for (const {target, intersectionRatio} of changes) this.#read[intersectionRatio < 1 ? 'add' : 'delete'](target)
    const now = [...this.#links].filter(([heading]) => this.#read.has(heading)).pop()?.[1]
    for (const link of this.#links.values()) {
      if (link === now) link.setAttribute('aria-current', 'location')
      else link.removeAttribute('aria-current')
    }
    reveal(this.#side, now)
  }
}

/** @param {HTMLAnchorElement} link */
function goalOf({hash}) { return document.getElementById(decodeURIComponent(hash.slice(1))) }

/** Scroll a sidebar, and nothing else, so that one of its links can be seen. @param {Element | null} side @param {Element | null | undefined} link */
function reveal(side, link) {
  if (!side || !link) return
  const [frame, place] = [side.getBoundingClientRect(), link.getBoundingClientRect()]
  if (place.top < frame.top || place.bottom > frame.bottom) side.scrollTop += place.top - frame.top - frame.height / 3
}

// A browser that cannot open definitions shows their terms as plain text, without a stop that does nothing.
if (!('popover' in HTMLElement.prototype)) for (const term of document.querySelectorAll('.gs-term')) term.replaceWith(...term.childNodes)

new Theme()
new Drawer()
new Contents()

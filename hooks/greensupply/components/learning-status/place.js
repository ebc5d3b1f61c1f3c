// @ts-check
/** Where in a module the learner is, kept for *My learning* when the page is left. */
const KEY = 'greensupply.place'
const ERASED = 'greensupply.erased'
/** From here on a page counts as scrolled, in px; a heading counts as reached in this share of the window from its top. */
const SCROLLED = 100
const REACHED = .4

export function follow() {
  const {module = ''} = /** @type {HTMLElement | null} */ (document.querySelector('quiz-score'))?.dataset ?? {}
  if (!module) return
  const erased = item(ERASED)
  const keep = () => {
    if (item(ERASED) !== erased) return // everything was erased while this page was open
    if (document.documentElement.hasAttribute('data-gs-launched')) return // an LMS opened it, perhaps for somebody else
    const {documentElement: {lang}} = document
    try { localStorage.setItem(KEY, JSON.stringify({v: 1, module, ...nearest(), lang})) } catch { /* it is only a convenience */ }
  }
  document.addEventListener('visibilitychange', () => { if (document.hidden) keep() })
  addEventListener('pagehide', keep)
}

/** The last heading or question that was reached. */
export function nearest() {
  const heads = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(':is(h2, h3, legend)[id]')])
  const reached = scrollY < SCROLLED ? [] : heads.filter(head => head.offsetParent && head.getBoundingClientRect().top < innerHeight * REACHED)
  const head = reached[reached.length - 1]
  const words = head?.querySelector('.place') ? head.querySelectorAll('.place') : head?.childNodes ?? []
  const label = [...words].filter(node => !(node instanceof HTMLAnchorElement)).map(node => node.textContent).join('')
  return {anchor: head?.id ?? '', label: label.trim().slice(0, 120)}
}

/** @param {string} key */
function item(key) { try { return localStorage.getItem(key) } catch { return null } }

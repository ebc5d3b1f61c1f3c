// @ts-check
/** A first guess of the reader's language on the root page: offered, remembered, never forced. */
const KEY = 'greensupply.language'

class LanguageOffer extends HTMLElement {
  connectedCallback() {
    const here = document.documentElement.lang.slice(0, 2)
    const offers = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[data-locale]')])
    const known = [here, ...offers.map(offer => offer.dataset.locale)]
    const wanted = remembered(known) ?? guess(known)
    const offer = offers.find(({dataset}) => dataset.locale === wanted)
    if (!offer) return
    offer.hidden = false
    document.documentElement.classList.add('gs-offering')
    offer.querySelector('button')?.addEventListener('click', () => {
      remember(here)
      offer.hidden = true
      document.documentElement.classList.remove('gs-offering')
      document.getElementById('gs-content')?.focus()
    })
  }
}

/** The first of the browser's languages that the site has. @param {(string | undefined)[]} known */
function guess(known) { return navigator.languages.map(tag => tag.slice(0, 2).toLowerCase()).find(locale => known.includes(locale)) }

/** @param {(string | undefined)[]} known */
function remembered(known) {
  try {
    const locale = localStorage.getItem(KEY)
    return locale && known.includes(locale) ? locale : null
  } catch {
    return null
  }
}

/** @param {string} locale */
function remember(locale) { try { localStorage.setItem(KEY, locale) } catch { /* asked again next time */ } }

// Whoever follows a link to another language has chosen it.
document.addEventListener('click', ({target}) => {
  const link = target instanceof Element ? target.closest('a[hreflang]') : null
  if (link) remember(link.getAttribute('hreflang')?.slice(0, 2) ?? '')
})

customElements.define('language-offer', LanguageOffer)

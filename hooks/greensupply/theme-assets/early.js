// @ts-nocheck: Material's bundle expects these globals, which no type describes.
/**
 * Runs before the page is drawn, so that nothing flashes and Material's bundle finds what it needs:
 * a store that never throws, its `__md_*` helpers, the theme that the reader chose.
 */
'use strict'
{
  const {base = '.'} = document.currentScript.dataset

  // Where the browser refuses storage, reading the property throws, and Material's bundle with it.
  for (const name of ['localStorage', 'sessionStorage']) {
    try {
      window[name].getItem('')
    } catch {
      try { Object.defineProperty(window, name, {configurable: true, value: memory()}) } catch { /* the helpers below do without */ }
    }
  }

  // As in Material 9.8.2, partials/javascripts/base.html, but they forgive a store that is blocked or damaged.
  window.__md_scope = new URL(base, location.href)
  window.__md_hash = text => [...text].reduce((hash, sign) => (hash << 5) - hash + sign.charCodeAt(0), 0)
  window.__md_get = (key, store, scope = window.__md_scope) => {
    try { return JSON.parse((store ?? localStorage).getItem(`${scope.pathname}.${key}`)) } catch { return null }
  }
  window.__md_set = (key, value, store, scope = window.__md_scope) => {
    try { (store ?? localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value)) } catch { /* not remembered */ }
  }

  // Theme: the device's, light or dark.
  const CHOICES = ['auto', 'light', 'dark']
  const device = matchMedia('(prefers-color-scheme: dark)')
  let choice = remembered()
  let printing = false

  show()
  new MutationObserver((_, observer) => {
    if (!document.body) return
    show()
    observer.disconnect()
  }).observe(document.documentElement, {childList: true})
  document.addEventListener('DOMContentLoaded', name)
  device.addEventListener('change', () => { show(); name() })
  addEventListener('storage', () => { choice = remembered(); show(); name() })
  addEventListener('pageshow', event => { if (event.persisted) { choice = remembered(); show(); name() } })
  addEventListener('beforeprint', () => { printing = true; show() })
  addEventListener('afterprint', () => { printing = false; show() })
  document.addEventListener('click', ({target}) => {
    if (!(target instanceof Element) || !target.closest('[data-gs-scheme]')) return
    choice = next()
    window.__md_set('theme', choice)
    show()
    name()
    const said = document.querySelector('[data-gs-scheme-said]')
    if (said) said.textContent = target.closest('[data-gs-scheme]').getAttribute('aria-label')
  })

  function remembered() {
    const value = window.__md_get('theme')
    return CHOICES.includes(value) ? value : 'auto'
  }

  /** After the device's own theme the other one, so that the first press changes something. */
  function next() {
    const order = device.matches ? ['auto', 'light', 'dark'] : ['auto', 'dark', 'light']
    return order[(order.indexOf(choice) + 1) % order.length]
  }

  function show() {
    const dark = !printing && (choice === 'dark' || (choice === 'auto' && device.matches))
    for (const element of [document.documentElement, document.body]) {
      element?.setAttribute('data-md-color-scheme', dark ? 'slate' : 'default')
    }
    document.documentElement.dataset.gsTheme = choice
  }

  function name() {
    for (const button of document.querySelectorAll('[data-gs-scheme]')) {
      const {says = '', [choice]: now = '', [next()]: then = ''} = button.dataset
      const text = says.replace('{now}', now).replace('{next}', then)
      button.setAttribute('aria-label', text)
      button.title = text
    }
  }

  // Material's one-key shortcuts cannot be turned off, which WCAG 2.1.4 asks for; in the search, Tab would close it.
  // This listener is the first on the window, so Material's does not hear what stops here.
  addEventListener('keydown', event => {
    const searching = document.getElementById('__search')?.checked
    const inField = document.activeElement?.matches('[data-md-component=search-query]')
    const forMaterial = searching
      ? event.key === 'ArrowUp' || event.key === 'ArrowDown' || (event.key === 'Enter' && inField)
      : event.key?.length > 1 || event.ctrlKey || event.metaKey
    if (!forMaterial) event.stopImmediatePropagation()
  })

  // Material asks for the search index on every page. Here the request waits until the search is first opened.
  const {open} = XMLHttpRequest.prototype
  const opened = new Promise(resolve => {
    document.addEventListener('change', ({target}) => { if (target.id === '__search') resolve() })
  })
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    open.call(this, method, url, ...rest)
    if (!/\/search_index\.json$/.test(url)) return
    const {send} = this
    this.send = body => void opened.then(() => send.call(this, body))
  }

  function memory() {
    const kept = new Map()
    return {
      get length() { return kept.size },
      key: index => [...kept.keys()][index] ?? null,
      getItem: key => kept.get(String(key)) ?? null,
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: key => void kept.delete(String(key)),
      clear: () => kept.clear(),
    }
  }
}

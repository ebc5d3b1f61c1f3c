// @ts-check
/**
 * Runs before the page is drawn, so that nothing flashes and nothing jumps: the theme that the reader chose, and whether
 * the list of pages is a drawer. site.js goes on from here; without it the page stays as it is without script.
 *
 * It also takes what a learning management system put into the address (xAPI launch), a key among it, out of the address
 * bar, and gives it to the one who asks (shared/launch.js). It is written down nowhere.
 */
'use strict'
{
  const {base = '.'} = /** @type {HTMLScriptElement} */ (document.currentScript).dataset
  const page = document.documentElement
  const choice = remembered()
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  page.dataset.gsTheme = choice
  page.dataset.mdColorScheme = dark ? 'slate' : 'default'
  page.classList.add('gs-js')
  page.classList.toggle('gs-over', page.matches('.gs-menu-always') || !matchMedia('(min-width: 76.25em)').matches)
  addEventListener('error', ({target}) => {
    if (target instanceof HTMLScriptElement && target.src.includes('/site.js')) page.classList.remove('gs-js')
  }, {capture: true})

  const {search, pathname, hash} = location
  if (/[?&]endpoint=/.test(search) && /[?&](auth|actor)=/.test(search)) {
    history.replaceState(history.state, '', pathname + hash)
    document.addEventListener('greensupply:launch', event => { /** @type {CustomEvent} */ (event).detail.search = search }, {once: true})
  }

  /** The reader's choice; one from before it moved to our own key is taken over. */
  function remembered() {
    try {
      const old = `${new URL(base, location.href).pathname}.theme`
      const before = localStorage.getItem(old)
      if (before) {
        localStorage.setItem('greensupply.theme', before.replace(/"/g, ''))
        localStorage.removeItem(old)
      }
      const kept = localStorage.getItem('greensupply.theme')
      return kept === 'light' || kept === 'dark' ? kept : 'auto'
    } catch {
      return 'auto'
    }
  }
}

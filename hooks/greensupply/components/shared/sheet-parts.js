// @ts-check
/** The parts of a sheet around its fields, as `sheet.html` has them, and files that come and go. */
import {make} from './page.js'

/** Elements that repeat what a field holds. @param {HTMLElement} root @param {(name: string) => string} textOf */
export function showMirrors(root, textOf) {
  for (const mirror of root.querySelectorAll('[data-mirror]')) {
    const text = textOf(mirror.getAttribute('data-mirror') ?? '') || mirror.getAttribute('data-fallback') || ''
    if (mirror.textContent !== text) mirror.textContent = text
  }
}

/** Where no row can be added or removed, the buttons say so; they stay in reach. @param {HTMLElement} root @param {import('./sheet-rows.js').Rows} rows */
export function showEnds(root, rows) {
  for (const button of root.querySelectorAll('[data-do="add"], [data-do="remove"]')) {
    const adds = button.matches('[data-do="add"]')
    const name = (adds ? button.getAttribute('data-rows-of') : button.closest('[data-row]')?.getAttribute('data-row')?.split('.')[0]) ?? ''
    const {least, most} = rows.kind(name) ?? {least: 0, most: 0}
    button.setAttribute('aria-disabled', String(adds ? rows.count(name) >= most : rows.count(name) <= least))
  }
}

/** *Undo* stands above the fields, and below the rows of a kind of which one was removed. @param {HTMLElement} root @param {string | undefined} rows that kind; undefined: nothing to undo */
export function showUndo(root, rows) {
  for (const button of root.querySelectorAll('[data-do="undo"]')) {
    const fits = rows !== undefined && [null, rows].includes(button.getAttribute('data-rows-of'))
    button.toggleAttribute('hidden', !fits)
  }
}

/** Why nothing is kept, for as long as it is so. @param {HTMLElement} root @param {Trouble[]} troubles @param {(trouble: Trouble) => string} say */
export function showTroubles(root, troubles, say) {
  const box = /** @type {HTMLElement | null} */ (root.querySelector('.troubles'))
  if (box && (box.dataset.troubles ?? '') !== troubles.join(' ')) {
    box.dataset.troubles = troubles.join(' ')
    box.replaceChildren(...troubles.map(trouble => make('p', 'news', say(trouble))))
  }
  root.querySelector('.kept')?.toggleAttribute('hidden', troubles.some(trouble => trouble !== 'corrupt'))
}

/** Hand a file to the learner. @param {string} name @param {string} text @param {string} [type] */
export function give(name, text, type = 'application/json') {
  const link = make('a')
  link.href = URL.createObjectURL(new Blob([text], {type}))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Ask the learner for a saved file. @param {(file: File) => void} take */
export function choose(take) {
  const input = make('input')
  input.type = 'file'
  input.accept = '.json,application/json'
  input.addEventListener('change', () => { if (input.files?.[0]) take(input.files[0]) })
  input.click()
}

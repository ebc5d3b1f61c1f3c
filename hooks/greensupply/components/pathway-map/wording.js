// @ts-check
/** Words around what the page knows: study times, and titles that may stand in another language. */
import {languageOf, make} from '../shared/page.js'

/** `45 min`, `2 h`, `1 h 30 min`, as the pages are built with. @param {number} minutes @param {Record<string, string>} words */
export function duration(minutes, words) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const form = !hours ? words.minutes : rest ? words.hours_minutes : words.hours
  return form.replace('{hours}', String(hours)).replace('{minutes}', String(hours ? rest : minutes)).replace(/ /g, '\u00a0')
}

/** The words of a link to a module, its title in the title's own language. @param {HTMLElement} link @param {string} form with `{title}` @param {HTMLElement} title the link that shows it */
export function entitle(link, form, title) {
  const [before, after = ''] = form.split('{title}')
  const part = make('span', '', title.textContent ?? '')
  part.lang = title.lang || languageOf(link)
  link.replaceChildren(make('span', '', before, part, after))
}

// @ts-check
/** The fields of a sheet: what they hold, and the message beside one. */
import {write} from './numbers.js'
import {make} from './page.js'
import {clean} from './sheet-file.js'

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} SheetField */

export const FIELDS = 'input[data-field], select[data-field], textarea[data-field]'

/** Whether the learner chooses instead of writing. @param {SheetField} field */
export function isChoice(field) {
  return field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && ['radio', 'checkbox'].includes(field.type))
}

/** Of radio buttons only the one chosen speaks. @param {SheetField} field */
export function speaks(field) { return !(field instanceof HTMLInputElement && field.type === 'radio') || field.checked }

/** @param {SheetField} field */
export function valueOf(field) {
  return field instanceof HTMLInputElement && field.type === 'checkbox' ? (field.checked ? 'on' : '') : field.value
}

/** Without a text a field becomes empty, and a list, button or box as the page had it. @param {SheetField} field @param {string | undefined} text */
export function setValue(field, text) {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options]
    field.value = (options.find(({value}) => value === text) ?? options.find(({defaultSelected}) => defaultSelected) ?? options[0])?.value ?? ''
  } else if (field instanceof HTMLInputElement && field.type === 'radio') {
    field.checked = text === undefined ? field.defaultChecked : field.value === text
  } else if (field instanceof HTMLInputElement && field.type === 'checkbox') {
    field.checked = text === undefined ? field.defaultChecked : text === 'on'
  } else field.value = clean(text ?? '')
}

/** The text of the message beside a field. @param {SheetField} field */
export function besideOf(field) { return boxOf(field)?.firstElementChild?.textContent ?? '' }

/**
 * Show a message beside a field, tied to it, with a button for each number that it may stand for; '' takes it away.
 * @param {SheetField} field
 * @param {string} text
 * @param {{id: string, readings: number[], locale: string}} about
 */
export function putBeside(field, text, {id, readings, locale}) {
  boxOf(field)?.remove()
  const others = (field.getAttribute('aria-describedby') ?? '').split(' ').filter(other => other && other !== id)
  const tied = text ? [id, ...others] : others
  if (tied.length) field.setAttribute('aria-describedby', tied.join(' '))
  else field.removeAttribute('aria-describedby')
  if (text) field.setAttribute('aria-invalid', 'true')
  else field.removeAttribute('aria-invalid')
  if (!text) return
  const message = make('p', 'problem', text)
  message.id = id
  const box = make('div', 'beside', message)
  if (readings.length) box.append(buttons(field, readings, id, locale))
  field.parentElement?.append(box)
}

/** @param {SheetField} field */
function boxOf(field) { return field.parentElement?.querySelector(':scope > .beside') }

/** @param {SheetField} field @param {number[]} readings @param {string} id @param {string} locale */
function buttons(field, readings, id, locale) {
  const group = make('div', 'readings', ...readings.map(value => {
    const button = make('button', 'button plain-button', write(value, locale))
    button.type = 'button'
    Object.assign(button.dataset, {do: 'mean', for: field.dataset.field, value: String(value)})
    return button
  }))
  group.setAttribute('role', 'group')
  group.setAttribute('aria-labelledby', id)
  return group
}

// @ts-check
/** The fields of each type of question: what they hold, and putting an answer into them. */
import {read, write} from '../shared/numbers.js'

/** @type {Fields} */
const choices = {
  given(question) {
    const chosen = all(question, 'input').filter(input => input.checked).map(input => Number(input.value))
    const problem = question.querySelector('input[type="checkbox"]') ? 'error_multiple' : 'error_single'
    return chosen.length ? {response: chosen} : {problem, fields: [], values: {}}
  },
  put(question, response) {
    const chosen = Array.isArray(response) ? response : []
    for (const input of all(question, 'input')) input.checked = chosen.includes(Number(input.value))
  },
}

/** @type {Fields} */
const numeric = {
  given(question, locale) {
    const [input] = all(question, 'input')
    const reading = read(input.value, locale, question.dataset.unit)
    if ('value' in reading) return {response: reading.value}
    const text = input.value.trim()
    if ('ambiguous' in reading) return {ambiguous: reading.ambiguous, text}
    return {problem: `error_${reading.error}`, fields: [input], values: {text, example: write(1250.5, locale)}}
  },
  put(question, response, locale) {
    const [input] = all(question, 'input')
    input.value = typeof response === 'number' ? write(response, locale) : ''
  },
}

/** @type {Fields} */
const matching = {
  given(question) {
    const selects = all(question, 'select')
    const open = selects.filter(select => select.value === '')
    if (open.length) return {problem: 'error_unmatched', fields: open, values: {count: open.length}}
    return {response: selects.map(select => Number(select.value))}
  },
  put(question, response) {
    const chosen = Array.isArray(response) ? response : []
    all(question, 'select').forEach((select, place) => { select.value = String(chosen[place] ?? '') })
  },
}

/** @type {Fields} */
const ordering = {
  given(question) {
    return {response: items(question).map(item => Number(item.dataset.index))}
  },
  put(question, response) {
    const now = items(question)
    const order = Array.isArray(response) ? response : null
    /** @param {HTMLElement} item */
    const place = item => (order ? order.indexOf(Number(item.dataset.index)) : Number(item.dataset.start))
    const wanted = [...now].sort((one, other) => place(one) - place(other))
    if (wanted.some((item, index) => item !== now[index])) question.querySelector('ol.order')?.append(...wanted)
    markEnds(question)
  },
}

/** @type {Record<QuestionType, Fields>} */
export const FIELDS = {single: choices, multiple: choices, 'true-false': choices, numeric, matching, ordering}

/** The lines of an ordering question, from the top. @param {HTMLElement} question */
export function items(question) {
  return /** @type {HTMLElement[]} */ ([...question.querySelectorAll('ol.order > li')])
}

/** The first line cannot go up, nor the last down; their buttons stay in reach, so that focus is not lost.
 * @param {HTMLElement} question
 */
export function markEnds(question) {
  const lines = items(question)
  for (const button of question.querySelectorAll('.mover')) {
    const line = button.closest('li')
    const end = line === (button.matches('[data-do="up"]') ? lines[0] : lines[lines.length - 1])
    button.setAttribute('aria-disabled', String(end))
  }
}

/**
 * @template {'input' | 'select'} Tag
 * @param {HTMLElement} question
 * @param {Tag} tag
 * @returns {HTMLElementTagNameMap[Tag][]}
 */
function all(question, tag) {
  return [...question.querySelectorAll('fieldset.ask')].flatMap(fieldset => [...fieldset.querySelectorAll(tag)])
}

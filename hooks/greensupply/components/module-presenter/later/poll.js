// @ts-check
/** A question of the page -> what a room is asked, and what it is told: nothing of what a learner has answered here. */
import {clean, contents, fill, make, textOf} from './dom.js'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** @param {HTMLElement} question @param {Words} words @returns {Poll} */
export function poll(question, words) {
  const {type = 'single'} = JSON.parse(question.dataset.key ?? '{}')
  const unit = question.dataset.unit ?? ''
  const task = words[type === 'numeric' && unit ? 'task_numeric_unit' : `task_${type.replace('-', '_')}`] ?? ''
  const ask = [...contents(question.querySelector('.body')), make('p', 'task', fill(task, {unit}))].filter(filled)
  const kinds = {matching, ordering, numeric}
  const {asked, told, feedback} = (kinds[/** @type {keyof typeof kinds} */ (type)] ?? choices)(question)
  const explanation = question.querySelector('.answer .explanation')
  return {
    place: textOf(question.querySelector('.place')),
    prompt: () => contents(question.querySelector('.prompt')),
    ask: [...ask, ...asked],
    told,
    feedback: [...feedback, ...(explanation ? [...clean(explanation).children] : [])],
  }
}

/** @param {HTMLElement} question */
function choices(question) {
  const texts = [...question.querySelectorAll('.choice > .text')]
  const answers = /** @type {HTMLElement[]} */ ([...question.querySelectorAll('.answer .answers > li')])
  const told = make('ul', 'poll', ...texts.map((text, place) => {
    const item = lettered(place, text)
    item.dataset.mark = answers[place]?.dataset.mark ?? ''
    item.append(verdict(answers[place]))
    return item
  }))
  const order = answers.map((answer, place) => ({answer, place})).sort((one, other) => rank(one.answer) - rank(other.answer))
  const feedback = order.filter(({answer}) => textOf(answer.querySelector('.feedback'))).map(({answer, place}) => {
    const item = make('div', 'told', letter(place), verdict(answer), make('div', 'feedback', ...contents(answer.querySelector('.feedback'))))
    item.dataset.mark = answer.dataset.mark ?? ''
    return item
  })
  return {asked: [make('ul', 'poll', ...texts.map((text, place) => lettered(place, text)))], told: [told], feedback}
}

/** The page's own word for right or wrong. @param {HTMLElement | undefined} answer */
function verdict(answer) { return make('span', 'mark', textOf(answer?.querySelector('.answer-text > strong')).replace(/[\s.:]+$/, '')) }

/** @param {HTMLElement} answer */
function rank({dataset}) { return dataset.mark === 'right' ? 0 : 1 }

/** @param {HTMLElement} question */
function numeric(question) {
  const slips = [...question.querySelectorAll('.answer .answers > li')].map(slip =>
    make('div', 'told', make('div', 'feedback', make('p', '', make('strong', '', textOf(slip.querySelector('.answer-text')))), ...contents(slip.querySelector('.feedback')))))
  return {asked: [], told: copies(question, '.answer p.solution'), feedback: slips}
}

/** @param {HTMLElement} question */
function matching(question) {
  const partners = [...question.querySelectorAll('.partners > li > span')].map(textOf)
  const terms = [...question.querySelectorAll('.pair > label')]
  const pairs = [...question.querySelectorAll('.answer dl.solution > div')]
  const options = make('ul', 'poll', ...[...question.querySelectorAll('.partners > li > span')].map((text, place) => lettered(place, text)))
  const names = make('ol', 'poll numbered', ...terms.map((term, place) => make('li', '', make('b', 'letter', String(place + 1)), make('span', 'text', ...contents(term)))))
  const told = make('ul', 'poll', ...pairs.map((pair, place) => {
    const match = pair.querySelector('dd')
    return make('li', '', make('b', 'letter', `${place + 1} ${LETTERS[partners.indexOf(textOf(match))] ?? ''}`),
      make('span', 'text', make('strong', '', ...contents(pair.querySelector('dt'))), ' – ', ...contents(match)))
  }))
  return {asked: [make('div', 'pairs', names, options)], told: [told], feedback: []}
}

/** @param {HTMLElement} question */
function ordering(question) {
  const items = /** @type {HTMLElement[]} */ ([...question.querySelectorAll('ol.order > li')])
  items.sort((one, other) => Number(one.dataset.start) - Number(other.dataset.start)) // not as a learner has moved them
  const letters = new Map(items.map((item, place) => [item.dataset.index, LETTERS[place]]))
  const right = [...question.querySelectorAll('.answer ol.solution > li')]
  return {
    asked: [make('ul', 'poll', ...items.map((item, place) => lettered(place, item.querySelector('.text') ?? item)))],
    told: [make('ol', 'poll', ...right.map((item, place) => make('li', '', make('b', 'letter', `${place + 1} ${letters.get(String(place)) ?? ''}`), make('span', 'text', ...contents(item)))))],
    feedback: [],
  }
}

/** @param {number} place */
function letter(place) { return make('b', 'letter', LETTERS[place] ?? '') }

/** @param {number} place @param {Element} text */
function lettered(place, text) { return make('li', '', letter(place), make('span', 'text', ...contents(text))) }

/** @param {HTMLElement} question @param {string} selector */
function copies(question, selector) { return [...question.querySelectorAll(selector)].map(clean) }

/** @param {Node} node */
function filled(node) { return node instanceof HTMLElement }

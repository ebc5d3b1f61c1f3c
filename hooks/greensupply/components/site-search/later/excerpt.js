// @ts-check
import {fold, places} from './terms.js'

const LENGTH = 170

/** A text as nodes, with the words found in `<mark>`.
 * @param {string} text
 * @param {(word: string) => boolean} isFound
 * @returns {(Node | string)[]}
 */
export function marked(text, isFound) {
  /** @type {(Node | string)[]} */
  const nodes = []
  let end = 0
  for (const {word, index} of places(text)) {
    if (!isFound(word)) continue
    const mark = document.createElement('mark')
    mark.textContent = word
    nodes.push(text.slice(end, index), mark)
    end = index + word.length
  }
  nodes.push(text.slice(end))
  return nodes
}

/** The part of a text that holds most of the different words found, cut between words.
 * @param {string} text
 * @param {(word: string) => boolean} isFound
 */
export function excerpt(text, isFound) {
  const words = places(text)
  const found = words.filter(({word}) => isFound(word))
  let best = {start: 0, count: 0}
  found.forEach(({index}, first) => {
    const near = found.slice(first).filter(other => other.index < index + LENGTH - 40)
    const count = new Set(near.map(({word}) => fold(word))).size
    if (count > best.count) best = {start: index, count}
  })
  const start = best.start < 60 ? 0 : words.find(({index}) => index >= best.start - 40)?.index ?? 0
  if (text.length <= start + LENGTH) return (start ? '… ' : '') + text.slice(start)
  const end = Math.max(start + 1, text.lastIndexOf(' ', start + LENGTH))
  return `${start ? '… ' : ''}${text.slice(start, end)} …`
}

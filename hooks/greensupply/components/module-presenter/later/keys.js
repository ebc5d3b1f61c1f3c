// @ts-check
/** Keys of a keyboard and of clickers -> what is to be done. Clickers send Page Up, Page Down, `.` or B, F5 and Escape. */

/** @type {Record<string, Task>} */
const KEYS = {
  ArrowRight: 'next', ArrowDown: 'next', PageDown: 'next', ' ': 'next', Enter: 'next', n: 'next',
  ArrowLeft: 'previous', ArrowUp: 'previous', PageUp: 'previous', Backspace: 'previous', p: 'previous',
  Home: 'first', End: 'last', b: 'blank', '.': 'blank', r: 'reveal', s: 'speaker', f: 'full', Escape: 'close',
  F5: 'nothing', // "start the show" of clickers, which would load the page anew
}
const FIELD = 'select, input, textarea'
const PRESSED = 'button, a[href], summary'

/** What a key means here; null for a key that is not ours. @param {KeyboardEvent} event @returns {Task | null} */
export function taskOf({key, target, altKey, ctrlKey, metaKey, shiftKey, isComposing}) {
  if (altKey || ctrlKey || metaKey || isComposing || !key) return null
  const at = target instanceof Element ? target : null
  if (at?.closest(FIELD) && key !== 'Escape') return null
  if (at?.closest(PRESSED) && (key === ' ' || key === 'Enter')) return null
  if (key === ' ' && shiftKey) return 'previous'
  return KEYS[key.length === 1 ? key.toLowerCase() : key] ?? null
}

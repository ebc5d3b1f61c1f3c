// @ts-check
/** Small things that slides and the speaker view are made of. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} [className] @param {(Node | string)[]} children
 */
export function make(tag, className = '', ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children)
  return element
}

/** The words of an element, as one line. @param {Element | null | undefined} element */
export function textOf(element) { return (element?.textContent ?? '').replace(/\s+/g, ' ').trim() }

/** @param {string} text @param {Record<string, string | number>} values */
export function fill(text, values) { return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? '')) }

/** A button that says what it does, and its key, in words. @param {string} task @param {string} name */
export function iconButton(task, name) {
  const button = make('button', 'tool', make('span', `icon icon--${task}`))
  button.type = 'button'
  button.dataset.do = task
  button.title = name
  button.setAttribute('aria-label', name)
  return button
}

/** Copies of what an element holds, without ids, links to itself and fields. @param {Element | null | undefined} element */
export function contents(element) { return element ? [...clean(element).childNodes] : [] }

/**
 * A copy for a slide: nothing of it is named twice in the page, terms are words, links open elsewhere, pictures come now.
 * @param {Element} element
 */
export function clean(element) {
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true))
  for (const part of copy.querySelectorAll('.headerlink, [popover], input, script, template')) part.remove()
  for (const term of copy.querySelectorAll('button')) term.replaceWith(...term.childNodes)
  for (const part of [copy, ...copy.querySelectorAll('*')]) {
    for (const name of ['id', 'for', 'aria-labelledby', 'aria-describedby']) part.removeAttribute(name)
    if (part instanceof HTMLImageElement) part.loading = 'eager'
    if (part instanceof HTMLAnchorElement) Object.assign(part, {target: '_blank', rel: 'noopener'})
  }
  return copy
}

// @ts-check
/** Where this page's learning is kept: in this browser, unless what opened the page keeps it (an LMS, by a package or a launch). */

/** @type {(() => Storage) | undefined} */
let given

/** From now on quizzes of this page keep their progress there. @param {() => Storage} open gives the store, or throws */
export function keepIn(open) { given = open }

/** Opens the store that was given; undefined where it is the browser's own. */
export function keptIn() { return given }

/** Opens a store that is gone with the page. @returns {() => Storage} */
export function forgetful() {
  /** @type {Map<string, string>} */
  const held = new Map()
  const store = {
    getItem: (/** @type {string} */ key) => held.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => { held.set(key, value) },
  }
  return () => /** @type {Storage} */ (/** @type {unknown} */ (store))
}

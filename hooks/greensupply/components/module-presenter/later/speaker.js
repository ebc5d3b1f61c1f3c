// @ts-check
/**
 * The way to the speaker's window, which is the facilitator's edition of the module. Pages from a disk are strangers to
 * one another: storage and broadcast channels do not reach from one to the next, messages to a known window do.
 */

const NAME = 'gs-speaker'
const FEATURES = 'popup,width=1180,height=760'
const DISK = location.protocol === 'file:'

export class Speaker {
  #link
  /** @type {Window | null} */
  #window = null
  /** Whether its page has come; before that it belongs to nobody, and a message to it would be an error. */
  #greeted = false

  /**
   * @param {HTMLAnchorElement | null} link To the facilitator's edition.
   * @param {(task: any) => void} act Does what the speaker asks for.
   * @param {() => object} all Everything that the window shows.
   */
  constructor(link, act, all) {
    this.#link = link
    addEventListener('message', ({source, origin, data}) => {
      if (!DISK && origin !== location.origin || data?.from !== NAME) return
      const from = /** @type {Window | null} */ (source)
      if (data.task === 'hello' && (from === this.#window || !this.there)) {
        this.#window = from
        this.#greeted = true
        if (document.querySelector('module-presenter[data-open]')) this.tell({...all(), closed: false})
      } else if (from && from === this.#window) act(data.task)
    })
  }

  get there() { return Boolean(this.#window && !this.#window.closed) }

  /** Opens the window or brings it to the front; false where the browser does not let it. */
  open() {
    if (this.#window && !this.#window.closed) {
      this.#window.focus()
      return true
    }
    this.#greeted = false
    this.#window = this.#link ? window.open(`${this.#link.href}#speaker`, NAME, FEATURES) : null
    return this.there
  }

  /** @param {object} news */
  tell(news) {
    if (this.#greeted && this.there) this.#window?.postMessage({...news, to: NAME}, DISK ? '*' : location.origin)
  }
}

/** Types for the checker only; this file is not part of the site. */

type Task = 'next' | 'previous' | 'first' | 'last' | 'blank' | 'reveal' | 'speaker' | 'full' | 'close' | 'nothing'
type Words = Record<string, string>

/** Count of headings, boxes and questions so far, and of blocks since the last of them. */
type Place = [number, number]

/** A block of a module's text, or a facilitator's note between two of them, in the nth section. */
interface Block { element: Element, note: boolean, place: Place, section: number }

/** A question for a room: where it stands, what is asked, the right answer, and what is said to each answer. */
interface Poll { place: string, prompt: () => Node[], ask: Node[], told: HTMLElement[], feedback: HTMLElement[] }

/** One slide. `reveal` slides belong to the poll before them and have its number. */
interface Slide {
  element: HTMLElement, title: string, section: string, order: number, from: Place, to: Place, number: number, reveal: boolean
}

/** What the speaker's window knows of a slide. */
interface Told { title: string, section: string, order: number, from: Place, to: Place, number: number, reveal: boolean, lines: string[] }

/** Words of the presenter in every language; they stand in front of our script in `presenter.js`. */
declare const PRESENTER_WORDS: Record<string, Words>

interface At { section: string, order: number, from: Place, to: Place }

/** What belongs on one slide if it fits; `above` is the heading that a box, a figure or a question stands under. */
interface Group extends At {
  kind: 'title' | 'text' | 'box' | 'figure' | 'poll', heading: Node[], title: string, units: (HTMLElement | Element)[], above: string, language: string
  more?: boolean, poll?: Poll
}

/** A block cut into parts; `shell` puts what stands around them on a slide and gives where they go. */
interface Parts { units: HTMLElement[], shell: (into: HTMLElement) => HTMLElement }

/** What the presentation has told the speaker's window. */
interface State { slides: Told[], at: number, blank: boolean, since: number, title: string, closed: boolean }

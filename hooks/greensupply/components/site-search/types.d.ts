/** Types for the checker only; this file is not part of the site. */

/** Heading, anchor, text, and what of it is in another language. */
type SectionWords = [string, string, string, string?]

/** What `search/<locale>.js` hands over: pages as title, address and sections, and short forms with their terms. */
interface SearchIndex {
  pages: [string, string, SectionWords[]][]
  short: [string, string][]
}

/** What `search.js` hands over: it makes the index and answers from then on. */
type SearchEngine = (element: HTMLElement, index: SearchIndex) => Promise<void>

/** Where a word was found: score by section, and the terms to be marked there. */
type Hits = Map<number, {score: number, terms: Set<string>}>

interface FoundSection { heading: string, anchor: string, text: string, other: string, terms: Set<string>, score: number, words: number }
interface FoundPage { title: string, url: string, terms: Set<string>, score: number, words: number, sections: FoundSection[] }
interface Findings { pages: FoundPage[], all: boolean, similar: string }

/** Code of others, in front of ours in `search.js`; see `components/vendor/README.md`. */
declare class MiniSearch {
  constructor(options: Record<string, unknown>)
  addAllAsync(documents: object[], options: {chunkSize: number}): Promise<void>
  search(query: object | string, options: Record<string, unknown>): {id: number, score: number, match: Record<string, string[]>}[]
}
interface Stemmer { stemWord(word: string): string }
declare const EnglishStemmer: new () => Stemmer
declare const SpanishStemmer: new () => Stemmer
declare const FrenchStemmer: new () => Stemmer

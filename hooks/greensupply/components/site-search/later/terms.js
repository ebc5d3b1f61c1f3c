// @ts-check
/** Words of a text, and what is kept of a word so that its forms and its spellings without accents meet. */

const WORD = /[\p{L}\p{N}\p{M}]+/gu

/** @type {Record<string, new () => Stemmer>} */
const STEMMERS = {en: EnglishStemmer, es: SpanishStemmer, fr: FrenchStemmer}

/** Words with their places in the text. @param {string} text */
export function places(text) { return [...text.matchAll(WORD)].map(({0: word, index}) => ({word, index})) }

/** @param {string} text @returns {string[]} */
export function split(text) { return text.match(WORD) ?? [] }

/** Small letters without accents; CO₂ becomes co2, œ becomes oe. @param {string} word */
export function fold(word) {
  const bare = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return bare.replace(/œ/g, 'oe').replace(/æ/g, 'ae')
}

/** Stems in one language. They are made of the word with its accents, which the rules need, and kept without. */
export class Stems {
  #stemmer
  #locale
  /** @type {Map<string, string>} */
  #known = new Map()
  /** @type {Map<string, string[] | null>} */
  #kept = new Map()
  /** Stems of a spelling without accents, where the text has it with accents. @type {Map<string, Set<string>>} */
  #accented = new Map()

  /** @param {string} locale */
  constructor(locale) {
    this.#locale = locale
    this.#stemmer = new STEMMERS[locale]()
  }

  /** Marked, so that a stem is not taken for a word. @param {string} word */
  of(word) {
    let stem = this.#known.get(word)
    if (stem === undefined) {
      stem = `~${fold(this.#stemmer.stemWord(word.normalize('NFC').toLowerCase()))}`
      this.#known.set(word, stem)
    }
    return stem
  }

  /** What the index keeps of a word of the text; of single letters, such as that of l’eau, nothing. @param {string} word */
  kept(word) {
    let kept = this.#kept.get(word)
    if (kept === undefined) {
      kept = this.#read(word)
      this.#kept.set(word, kept)
    }
    return kept
  }

  /** @param {string} word */
  #read(word) {
    const folded = fold(word)
    if (folded.length < 2 && !/\p{N}/u.test(folded)) return null
    const stem = this.of(word)
    if (stem !== this.of(folded)) {
      const stems = this.#accented.get(folded) ?? new Set()
      this.#accented.set(folded, stems.add(stem))
    }
    return [folded, stem]
  }

  /** Stems that a word may mean which was typed with accents or without. @param {string} word */
  meant(word) {
    const folded = fold(word)
    const stems = new Set([this.of(word), ...(this.#accented.get(folded) ?? [])])
    if (this.#locale === 'es' && /ion$/i.test(word)) stems.add(this.of(word.replace(/on$/i, 'ón'))) // every -ion is -ión
    return [...stems]
  }
}

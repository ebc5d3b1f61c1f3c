// @ts-check
import {fold, split, Stems} from './terms.js'

const BOOST = {title: 5, heading: 3, text: 1, other: .3}
/** A page whose title has all words asked for is worth this much more. */
const NAMED = 1.6
const AS_GIVEN = {tokenize: (/** @type {string} */ text) => [text], processTerm: (/** @type {string} */ term) => term}
/** A word that more pages than this share hold is not asked of a page, if others are. */
const COMMON = 0.6

/** Finds pages of one language. */
export class Finder {
  #index
  #stems
  #pages
  /** The page of each section. @type {number[]} */
  #pageOf = []
  /** @type {SectionWords[]} */
  #sections = []
  /** Words of the term that a short form stands for. @type {Map<string, string[]>} */
  #short = new Map()

  /** @param {SearchIndex} words @param {string} locale */
  constructor({pages, short}, locale) {
    const stems = new Stems(locale)
    this.#stems = stems
    this.#pages = pages
    this.#index = new MiniSearch({
      fields: Object.keys(BOOST),
      tokenize: split,
      processTerm: (/** @type {string} */ word, /** @type {string} */ part) => part === 'other' ? fold(word) : stems.kept(word),
    })
    for (const [form, term] of short) this.#short.set(fold(form), split(term))
  }

  /** Make the index, in pieces between which the page stays quick. */
  async make() {
    /** @type {object[]} */
    const documents = []
    this.#pages.forEach(([title, , sections], page) => {
      const parts = sections.length ? sections : [/** @type {SectionWords} */ (['', '', ''])]
      parts.forEach((section, place) => {
        const [heading, , text, other = ''] = section
        documents.push({id: this.#sections.length, title: place ? '' : title, heading, text, other})
        this.#sections.push(section)
        this.#pageOf.push(page)
      })
    })
    await this.#index.addAllAsync(documents, {chunkSize: 25})
  }

  /** The pages that hold all words asked for, or else as many as there are together; best first.
   * @param {string} query
   * @returns {Findings}
   */
  find(query) {
    const all = split(query)
    const long = all.filter(word => fold(word).length > 1 || /\p{N}/u.test(word))
    let similar = ''
    const words = long.length ? long : all
    const hits = words.map((word, place) => {
      const found = this.#word(word, place === words.length - 1)
      if (found.size) return found
      const near = this.#near(word)
      if (near.size) similar ||= word
      return near
    })
    const spread = hits.map(found => new Set([...found.keys()].map(section => this.#pageOf[section])).size)
    const rare = spread.map(pages => pages <= Math.max(COMMON * this.#pages.length, 3))
    const pages = this.#gather(hits.filter((_, place) => rare[place] || !rare.includes(true)))
    const most = Math.max(0, ...pages.map(page => page.words))
    const best = pages.filter(page => page.words === most).sort((one, other) => other.score - one.score)
    return {pages: best, all: most === (rare.filter(Boolean).length || rare.length), similar}
  }

  /** Where each word is found -> pages, each with its sections, best first. @param {Hits[]} hits */
  #gather(hits) {
    /** @type {Map<number, FoundPage>} */
    const found = new Map()
    const sections = new Set(hits.flatMap(hit => [...hit.keys()]))
    /** Best score of each word on a page. @type {Map<number, number[]>} */
    const scores = new Map()
    for (const section of [...sections].sort((one, other) => one - other)) {
      const place = this.#pageOf[section]
      const [title, url] = this.#pages[place]
      const page = found.get(place) ?? {title, url, terms: new Set(), score: 0, words: 0, sections: []}
      const best = scores.get(place) ?? hits.map(() => 0)
      found.set(place, page)
      scores.set(place, best)
      const [heading, anchor, text, other = ''] = this.#sections[section]
      /** @type {FoundSection} */
      const part = {heading, anchor, text, other, terms: new Set(), score: 0, words: 0}
      hits.forEach((hit, word) => {
        const here = hit.get(section)
        if (!here) return
        for (const term of here.terms) { part.terms.add(term); page.terms.add(term) }
        part.score += here.score
        part.words += 1
        best[word] = Math.max(best[word], here.score)
      })
      page.sections.push(part)
    }
    for (const [place, page] of found) {
      const best = scores.get(place) ?? []
      const named = this.#terms(page.title)
      const all = hits.every(hit => [...hit.values()].some(({terms}) => [...terms].some(term => named.has(term))))
      page.score = best.reduce((sum, score) => sum + score, 0) * (all ? NAMED : 1)
      page.words = best.filter(score => score > 0).length
      page.sections.sort((one, other) => other.words - one.words || other.score - one.score)
    }
    return [...found.values()]
  }

  /** @param {string} text */
  #terms(text) { return new Set(split(text).flatMap(word => this.#stems.kept(word) ?? [])) }

  /** As typed, what begins so, its other forms, and the term that it is short for.
   * @param {string} word
   * @param {boolean} last it may still be growing
   * @returns {Hits}
   */
  #word(word, last) {
    const folded = fold(word)
    const whole = {queries: [folded], prefix: folded.length > (last ? 1 : 3)}
    const found = this.#search({combineWith: 'OR', queries: [whole, ...this.#stems.meant(word)]})
    const term = this.#short.get(folded)
    for (const [section, {score, terms}] of term ? this.#term(term) : []) {
      const known = found.get(section)
      found.set(section, {score: Math.max(known?.score ?? 0, score), terms: new Set([...(known?.terms ?? []), ...terms])})
    }
    return found
  }

  /** Words spelled nearly so. @param {string} word */
  #near(word) {
    const folded = fold(word)
    return folded.length < 5 ? new Map() : this.#search({queries: [folded], fuzzy: 0.2})
  }

  /** Sections that hold the words of a term one after the other, in any of their forms. @param {string[]} words */
  #term(words) {
    const queries = words.map(word => ({combineWith: 'OR', queries: this.#stems.meant(word)}))
    const stems = words.map(word => this.#stems.of(word))
    const small = words.filter(word => word.length < 4).map(word => this.#stems.of(word)) // `de`: not worth a mark
    const found = this.#search({combineWith: 'AND', queries})
    for (const [section, hit] of found) {
      hit.score /= words.length
      for (const stem of small) hit.terms.delete(stem)
      const [heading, , text] = this.#sections[section]
      const there = split(`${this.#pages[this.#pageOf[section]][0]} ${heading} ${text}`).map(word => this.#stems.of(word))
      const follow = there.some((_, place) => stems.every((stem, step) => there[place + step] === stem))
      if (!follow) found.delete(section)
    }
    return found
  }

  /** @param {object} query @returns {Hits} */
  #search(query) {
    const results = this.#index.search(query, {...AS_GIVEN, boost: BOOST})
    return new Map(results.map(({id, score, match}) => [id, {score, terms: new Set(Object.keys(match))}]))
  }
}

// @ts-check
/** A learner's completion as an xAPI statement, 1.0.3 and 2.0 alike. Pure: no page, no storage. */

const ADL = 'http://adlnet.gov/expapi'
const PLATFORM = 'Green Supply'
const NEAR = 1e-9

/**
 * What is fixed at the moment of the pass.
 * @param {Passed} passed
 * @param {number} total questions of that revision, 0 if not known
 * @param {string} language BCP 47 tag
 * @returns {Draft}
 */
export function draft({revision, score, at}, total, language) {
  const max = Math.abs(Math.round(score * total) - score * total) < NEAR ? total : 0
  return {revision, id: uuid(), registration: uuid(), at: new Date(at).toISOString(), score, max, language, statement: ''}
}

/**
 * The finished statement. Nothing in it is null or empty; what the learner did not say is not there.
 * @param {About} about
 * @param {Draft} draft
 * @param {Pick<Owner, 'name' | 'supplier' | 'country'>} owner
 */
export function statement({site, module, names}, {revision, id, registration, at, score, max, language}, {name, supplier, country}) {
  return JSON.stringify({
    id,
    actor: {objectType: 'Agent', account: {homePage: site, name}},
    verb: {id: `${ADL}/verbs/completed`, display: names.verb},
    object: {
      objectType: 'Activity',
      id: `${site}/modules/${module}`,
      definition: {type: `${ADL}/activities/module`, name: names.module},
    },
    result: {
      completion: true,
      success: true,
      score: max ? {scaled: score, raw: Math.round(score * max), min: 0, max} : {scaled: score},
    },
    context: {
      registration,
      language,
      platform: PLATFORM,
      revision: String(revision),
      contextActivities: {category: [{id: `${site}/xapi/recipe/1`}]},
      extensions: {
        ...(supplier && {[`${site}/xapi/supplier`]: supplier}),
        ...(country && {[`${site}/xapi/country`]: country}),
        [`${site}/xapi/delivery`]: 'web',
      },
    },
    timestamp: at,
  })
}

/** What a statement says of `supplier` or `country`; '' if nothing. @param {string} text @param {string} name @returns {string} */
export function said(text, name) {
  const extensions = Object.entries(JSON.parse(text).context.extensions)
  return String(extensions.find(([key]) => key.endsWith(`/xapi/${name}`))?.[1] ?? '')
}

/** Version 4; on a site without https the browser has no `randomUUID`. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  const digits = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

// @ts-check
/**
 * Questions, responses and spans of time as SCORM 2004 and xAPI write them, which is the same. Pure.
 *
 * Source: SCORM 2004 4th Edition RTE, 4.2.9; xAPI 1.0.3, part 2, appendix C.
 */

const HOUR = 3600

/** @param {Key} key */
export function type({type: kind}) {
  if (kind === 'matching' || kind === 'numeric' || kind === 'true-false') return kind
  return kind === 'ordering' ? 'sequencing' : 'choice'
}

/** The right response; a number's tolerance as its range. @param {Key} key */
export function pattern(key) {
  const {type: kind, answer, tolerance = '0', right, count = 0} = key
  if (kind !== 'numeric') return written(key, right ?? Array.from({length: count}, (_, place) => place))
  const [goal, most] = [Number(answer), Number(tolerance)]
  return [goal - most, goal + most].map(end => String(Number(end.toPrecision(15)))).join('[:]')
}

/** `a[,]c`; `true`; `12.5`; `1[.]a[,]2[.]b`. @param {Key} key @param {Given} response */
export function written({type: kind}, response) {
  if (typeof response === 'number') return String(response)
  if (kind === 'true-false') return String(response[0] === 0)
  const letters = response.map(index => (index + 10).toString(36))
  if (kind === 'matching') return letters.map((letter, place) => `${place + 1}[.]${letter}`).join('[,]')
  return (kind === 'ordering' ? letters : letters.sort()).join('[,]')
}

/** `PT1H2M3.25S`. @param {number} seconds */
export function span(seconds) {
  const hundredths = Math.round(seconds * 100)
  const [hours, minutes] = [Math.floor(hundredths / 100 / HOUR), Math.floor(hundredths / 6000) % 60]
  return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${(hundredths % 6000) / 100}S`
}

// @ts-check
/** A table as CSV that spreadsheets open as it is. Pure: no page, no storage. */

/**
 * What a spreadsheet would take for a formula, full-width forms and forms behind spaces too.
 * Source: OWASP, CSV Injection.
 */
const FORMULA = /^(?:[\t\r\n\0]|[\s\0]*[=+\-@＝＋－＠])/

/**
 * UTF-8 with its mark, lines and quotes as in RFC 4180, and no cell a formula.
 * @param {string[][]} rows the first is the head
 */
export function csv(rows) {
  return '\ufeff' + rows.map(row => row.map(cell).join(',') + '\r\n').join('')
}

/** @param {string} value */
function cell(value) {
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

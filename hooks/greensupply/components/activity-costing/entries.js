// @ts-check
/** What the learner entered, as the arithmetic takes it. A row without any entry is left out. */

/** @typedef {import('../shared/sheet.js').Sheet} Sheet */
/** @typedef {import('./arithmetic.js').Figure} Figure */

/** @param {number} count */
const places = count => [...Array(count).keys()]

/** Rows that hold something, by their place in the sheet. @param {Sheet} sheet @param {string} kind @param {(place: number) => string[]} fields */
function used(sheet, kind, fields) {
  return places(sheet.count(kind)).filter(place => fields(place).some(name => sheet.text(name) !== ''))
}

/** Stage 1 and 2. @param {Sheet} sheet @param {(name: string, values: Values) => string} say */
export function costing(sheet, say) {
  const activities = places(sheet.count('activity'))
  const shares = (/** @type {number} */ place) => activities.map(each => `resource.${place}.share.${each}`)
  const uses = (/** @type {number} */ place) => activities.map(each => `product.${place}.use.${each}`)
  const resources = used(sheet, 'resource', place => [`resource.${place}.cost`, ...shares(place)]).map(place => ({
    place,
    name: sheet.text(`resource.${place}.name`) || say('resource', {number: place + 1}),
    cost: sheet.value(`resource.${place}.cost`),
    stays: sheet.choice(`resource.${place}.stays`) === 'yes',
    shares: shares(place).map(name => sheet.value(name, 0)),
  }))
  const filled = ['name', 'hours', 'units', 'price', 'other']
  const products = used(sheet, 'product', place => [...filled.map(name => `product.${place}.${name}`), ...uses(place)]).map(place => ({
    place,
    name: sheet.text(`product.${place}.name`) || say('product', {number: place + 1}),
    hours: sheet.value(`product.${place}.hours`),
    units: sheet.value(`product.${place}.units`),
    price: sheet.value(`product.${place}.price`),
    other: sheet.value(`product.${place}.other`),
    uses: uses(place).map(name => sheet.value(name, 0)),
  }))
  const drivers = activities.map(place => ({
    name: sheet.text(`activity.${place}.name`) || say('activity', {number: place + 1}),
    unit: sheet.text(`activity.${place}.driver`),
    uses: products.map(product => product.uses[place]),
    capacity: sheet.text(`activity.${place}.capacity`) ? sheet.value(`activity.${place}.capacity`) : undefined,
    avoided: sheet.value(`activity.${place}.avoided`, 0),
  }))
  const ledger = sheet.text('ledger') ? sheet.value('ledger') : undefined
  return {resources, products, drivers, ledger, count: activities.length}
}

/** The quantity centre. @param {Sheet} sheet */
export function centre(sheet) {
  /** @param {string} name @param {number | null} [blank] */
  const value = (name, blank = null) => sheet.value(`mfca.${name}`, blank)
  return {
    input: value('input'), price: value('price'), stock: value('stock', 0), product: value('product'), loss: value('loss'),
    operating: value('operating', 0), energy: value('energy', 0), system: value('system', 0), waste: value('waste', 0),
    sold: value('sold', 0), fetched: value('fetched', 0),
  }
}

/** The project. @param {Sheet} sheet */
export function project(sheet) {
  /** @param {string} kind @returns {Figure[]} */
  const amounts = kind => used(sheet, kind, place => [`${kind}.${place}.name`, `${kind}.${place}.amount`])
    .map(place => sheet.value(`${kind}.${place}.amount`))
  const years = sheet.value('tca.years')
  const rate = sheet.value('tca.rate')
  return {
    investment: sheet.value('tca.investment'),
    rate: rate === null ? null : rate / 100,
    years,
    whole: years === null || Number.isInteger(years),
    visible: amounts('visible'),
    hidden: amounts('hidden'),
  }
}

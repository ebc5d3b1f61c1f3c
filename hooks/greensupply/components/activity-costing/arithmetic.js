// @ts-check
/**
 * Environmental activity-based costing, material flow cost accounting and the appraisal of a project. Pure: no page.
 * Money is in one currency. `null` stands for a figure that is not known; what depends on it is `null` too.
 */

/** @typedef {number | null} Figure */
/** @typedef {{cost: Figure, stays: boolean, shares: Figure[]}} Resource shares in percent, one for each activity */
/** @typedef {{uses: Figure[], capacity: Figure | undefined, avoided: Figure}} Driver what each product uses; `capacity` in place of their sum */
/** @typedef {{hours: Figure, units: Figure, price: Figure, other: Figure}} Product hours and units a year; price and other cost per unit */

/** Half a cent: sums that differ by less agree. */
const CENT = 0.005

/** The sum; unknown if a part is. @param {Figure[]} parts @returns {Figure} */
export function sum(parts) { return parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0) }

/** @param {Figure} one @param {Figure} other @returns {Figure} */
export function times(one, other) { return one === null || other === null ? null : one * other }

/** @param {Figure} one @param {Figure} other @returns {Figure} */
export function minus(one, other) { return one === null || other === null ? null : one - other }

/** Nothing is divided by nothing. @param {Figure} whole @param {Figure} by @returns {Figure} */
export function over(whole, by) { return whole === null || by === null || by === 0 ? null : whole / by }

/** Whether two sums of money agree to the cent; null where one is not known. @param {Figure} one @param {Figure} other */
export function agree(one, other) {
  const gap = minus(one, other)
  return gap === null ? null : Math.abs(gap) < CENT
}

/** Whether the shares of a resource add up to 100 %. @param {Figure[]} shares in percent */
export function whole(shares) {
  const total = sum(shares)
  return total === null ? null : Math.abs(total - 100) < 1e-9
}

/**
 * Stage 1: from the resources of the ledger to the activities.
 * @param {Resource[]} resources
 * @param {number} count of the activities
 */
export function toActivities(resources, count) {
  const amounts = resources.map(({cost, shares}) => shares.slice(0, count).map(share => over(times(cost, share), 100)))
  const places = [...Array(count).keys()]
  /** @param {(resource: Resource) => boolean} among */
  const costs = among => places.map(place => sum(amounts.filter((_, row) => among(resources[row])).map(row => row[place])))
  const all = costs(() => true)
  return {amounts, costs: all, staying: costs(({stays}) => stays), ledger: sum(resources.map(({cost}) => cost)), total: sum(all)}
}

/**
 * Stage 2: from the activities to the products. What no product uses of a capacity is charged to none.
 * @param {Figure[]} costs of the activities
 * @param {Driver[]} drivers of the activities
 * @param {number} count of the products
 */
export function toProducts(costs, drivers, count) {
  const quantities = drivers.map(({uses, capacity}) => (capacity === undefined ? sum(uses) : capacity))
  const rates = costs.map((cost, place) => over(cost, quantities[place]))
  const charges = [...Array(count).keys()].map(product => drivers.map(({uses}, place) => {
    const use = uses[product] ?? null
    return use === 0 ? 0 : times(use, rates[place])
  }))
  const sums = charges.map(sum)
  return {costs, quantities, rates, charges, sums, charged: sum(sums), uncharged: minus(sum(costs), sum(sums))}
}

/** The old way: one rate for each hour of direct labour. @param {Figure} overhead @param {Figure[]} hours of the products */
export function byLabour(overhead, hours) {
  const total = sum(hours)
  const rate = over(overhead, total)
  return {hours: total, rate, sums: hours.map(each => (each === 0 ? 0 : times(each, rate)))}
}

/** Of one product, with the overhead it carries: per unit, and the margin. @param {Product} product @param {Figure} overhead */
export function margin({units, price, other}, overhead) {
  const each = over(overhead, units)
  const left = minus(minus(price, other), each)
  return {each, left, all: times(left, units)}
}

/**
 * What a project saves that avoids part of the drivers: by the rates, and in cash, where some resources are still paid.
 * @param {{costs: Figure[], staying: Figure[]}} stage
 * @param {{quantities: Figure[], rates: Figure[]}} second
 * @param {Figure[]} avoided quantity of each driver in a year
 */
export function saving({costs, staying}, {quantities, rates}, avoided) {
  /** @param {(place: number) => Figure} part */
  const each = part => avoided.map((quantity, place) => (quantity === 0 ? 0 : part(place)))
  const models = each(place => times(avoided[place], rates[place]))
  const cashes = each(place => times(over(avoided[place], quantities[place]), minus(costs[place], staying[place])))
  const [model, cash] = [sum(models), sum(cashes)]
  return {models, cashes, model, cash, share: over(cash, model), released: minus(model, cash)}
}

/**
 * Material flow cost accounting of one quantity centre: what ends in the product, and what in the loss.
 * Material, energy and system cost follow the mass; operating material and waste management are loss wholly.
 * @param {{input: Figure, price: Figure, stock: Figure, product: Figure, loss: Figure, operating: Figure, energy: Figure,
 *   system: Figure, waste: Figure, sold: Figure, fetched: Figure}} centre masses; price and `fetched` for a unit of mass
 */
export function flows({input, price, stock, product, loss, operating, energy, system, waste, sold, fetched}) {
  const out = sum([product, loss])
  const [kept, lost] = [over(product, out), over(loss, out)]
  /** @param {Figure} cost */
  const split = cost => ({total: cost, product: times(cost, kept), loss: times(cost, lost)})
  /** @param {Figure} cost */
  const gone = cost => ({total: cost, product: cost === null ? null : 0, loss: cost})
  const lines = {
    material: split(times(minus(input, stock), price)),
    operating: gone(operating),
    energy: split(energy),
    system: split(system),
    waste: gone(waste),
  }
  const all = Object.values(lines)
  const [total, inProduct, inLoss] = [sum(all.map(line => line.total)), sum(all.map(line => line.product)), sum(all.map(line => line.loss))]
  return {
    lines, kept, lost, total, product: inProduct, loss: inLoss,
    gap: minus(input, sum([out, stock])),
    share: over(inLoss, total), multiple: over(inLoss, waste), income: times(sold, fetched),
  }
}

/** What 1 a year is worth today, over so many years. @param {Figure} rate a year, as a share @param {Figure} years @returns {Figure} */
export function annuity(rate, years) {
  if (rate === null || years === null || rate <= -1) return null
  return sum([...Array(years).keys()].map(year => (1 + rate) ** -(year + 1)))
}

/**
 * A project: years until the saving has paid it back, and its net present value.
 * @param {Figure} investment
 * @param {Figure} yearly net saving
 * @param {Figure} factor of the annuity
 */
export function appraise(investment, yearly, factor) {
  const payback = yearly !== null && yearly > 0 ? over(investment, yearly) : null
  return {yearly, payback, npv: minus(times(yearly, factor), investment)}
}

// @ts-check
/** Results of the two-stage costing, and of a project that avoids part of the drivers. */
import {make} from '../shared/page.js'
import {agree, byLabour, margin, minus, over, saving, sum, times, toActivities, toProducts, whole} from './arithmetic.js'
import {part} from './view.js'

/** @typedef {import('./arithmetic.js').Figure} Figure */
/** @typedef {import('./view.js').View} View */
/** @typedef {ReturnType<typeof import('./entries.js').costing>} Costing */

/** Two-stage costing; returns how many checks do not hold. @param {View} view @param {Costing} given @param {string} money */
export function showCosting(view, given, money) {
  const {resources, products, drivers, ledger, count} = given
  const first = toActivities(resources.length ? resources : [{cost: null, stays: false, shares: Array(count).fill(0)}], count)
  const second = toProducts(first.costs, drivers, products.length)
  const labour = byLabour(ledger === undefined ? first.total : ledger, products.map(({hours}) => hours))
  const checks = [
    ...checkShares(view, resources),
    checkLedger(view, first, ledger, money),
    ...(products.length ? [checkProducts(view, first.total, second, money)] : []),
  ]
  view.fill('checks', ...checks)
  showStageOne(view, given, first, second, money)
  showStageTwo(view, given, second, labour, money)
  showProject(view, drivers, first, second, money)
  return {first, second, wrong: checks.filter(({dataset}) => dataset.mark === 'wrong').length}
}

/** One line where all add up, else one for each resource whose shares do not. @param {View} view @param {Costing['resources']} resources */
function checkShares(view, resources) {
  const others = resources.filter(({shares}) => !whole(shares))
  if (!others.length) return resources.length ? [view.check(true, 'check_shares', {})] : []
  return others.map(({name, shares}) => checkShare(view, name, shares))
}

/** @param {View} view @param {string} resource @param {Figure[]} shares */
export function checkShare(view, resource, shares) {
  return view.check(whole(shares), 'check_share', {resource, total: view.percent(over(sum(shares), 100), 0, 4)})
}

/** @param {View} view @param {ReturnType<typeof toActivities>} first @param {Figure | undefined} ledger @param {string} money */
function checkLedger(view, first, ledger, money) {
  const wanted = ledger === undefined ? first.ledger : ledger
  const gap = minus(first.total, wanted)
  return view.check(agree(first.total, wanted), 'check_ledger', {
    total: view.money(first.total), ledger: view.money(wanted), gap: view.money(gap), money,
  })
}

/** @param {View} view @param {Figure} total @param {ReturnType<typeof toProducts>} second @param {string} money */
function checkProducts(view, total, {charged, uncharged}, money) {
  return view.check(agree(charged, total), 'check_products', {
    total: view.money(total), charged: view.money(charged), gap: view.money(uncharged), money,
  })
}

/** @param {{name: string, unit: string}} driver */
function named({name, unit}) { return unit ? `${name} (${unit})` : name }

/**
 * @param {View} view @param {Costing} given @param {ReturnType<typeof toActivities>} first
 * @param {ReturnType<typeof toProducts>} second @param {string} money
 */
function showStageOne(view, {resources, drivers}, {amounts, costs, total}, {quantities, rates}, money) {
  view.fill('stage_one', view.table(view.say('stage_one_table', {money}), ['', ...drivers.map(named), view.say('total')], [
    ...resources.map(({name, cost}, row) => ({name, cells: [...amounts[row].map(amount => view.money(amount)), view.money(cost)]})),
    {name: view.say('activity_cost'), cells: [...costs, total].map(cost => view.money(cost)), total: true},
    {name: view.say('quantity'), cells: [...quantities.map(quantity => view.plain(quantity)), '']},
    {name: view.say('rate', {money}), cells: [...rates.map(rate => view.figure(rate, 0, 4)), ''], total: true},
  ]))
}

/**
 * @param {View} view @param {Costing} given @param {ReturnType<typeof toProducts>} second
 * @param {ReturnType<typeof byLabour>} labour @param {string} money
 */
function showStageTwo(view, {products, drivers}, second, labour, money) {
  const old = products.map((product, place) => margin(product, labour.sums[place]))
  const now = products.map((product, place) => margin(product, second.sums[place]))
  const left = agree(second.uncharged, 0) === false
  /** @param {string} name @param {Figure[]} cells @param {(figure: Figure) => string} write @param {Figure} [uncharged] */
  const line = (name, cells, write, uncharged) => ({
    name: view.say(name, {money}),
    cells: [...cells.map(write), ...(left ? [uncharged === undefined ? '' : write(uncharged)] : [])],
  })
  /** @param {Figure} figure */
  const cash = figure => view.money(figure)
  /** @param {Figure} figure */
  const small = figure => view.figure(figure, 4)
  /** @param {ReturnType<typeof line>} row @param {Figure | null} total */
  const summed = (row, total) => ({...row, cells: [...row.cells, view.money(total)]})
  /** @param {ReturnType<typeof line>} row */
  const unsummed = row => ({...row, cells: [...row.cells, '']})
  const head = ['', ...products.map(({name}) => name), ...(left ? [view.say('uncharged')] : []), view.say('total')]
  const table = view.table(view.say('stage_two_table'), head, [
    unsummed(line('row_units', products.map(({units}) => units), figure => view.plain(figure))),
    summed(line('row_labour', labour.sums, cash), sum(labour.sums)),
    summed(line('row_abc', second.sums, cash, second.uncharged), sum([second.charged, second.uncharged])),
    unsummed(line('row_labour_each', old.map(({each}) => each), small)),
    unsummed(line('row_abc_each', now.map(({each}) => each), small)),
    unsummed(line('row_labour_margin', old.map(({left: each}) => each), small)),
    unsummed(line('row_abc_margin', now.map(({left: each}) => each), small)),
    summed(line('row_labour_all', old.map(({all}) => all), cash), sum(old.map(({all}) => all))),
    summed(line('row_abc_all', now.map(({all}) => all), cash, left ? times(second.uncharged, -1) : undefined), minus(sum(now.map(({all}) => all)), left ? second.uncharged : 0)),
  ])
  view.fill('stage_two', products.length ? table : make('p', '', view.say('no_products')))
  const rows = products.map(({name}, place) => ({label: name, parts: [
    part(labour.sums[place], 'labour', view.say('by_labour', {amount: view.money(labour.sums[place])})),
    part(second.sums[place], 'abc', view.say('by_abc', {amount: view.money(second.sums[place])})),
  ].flat()}))
  view.chart('chart_abc', rows, {title: view.say('chart_abc', {money}), layout: 'grouped', kinds: ['labour', 'abc']})
  view.list('workings_abc', [
    ...(labour.rate === null ? [] : [view.say('work_labour', {overhead: view.money(sum(labour.sums)), hours: view.plain(labour.hours), rate: view.figure(labour.rate, 0, 4), money})]),
    ...drivers.flatMap((driver, place) => workRate(view, driver, second, place, money)),
    ...products.flatMap((product, place) => workProduct(view, product, second, place, now[place], money)),
  ])
}

/** @param {View} view @param {{name: string, unit: string}} driver @param {ReturnType<typeof toProducts>} second @param {number} place @param {string} money */
function workRate(view, driver, {quantities, rates, costs}, place, money) {
  if (rates[place] === null) return []
  return [view.say('work_rate', {
    activity: named(driver), cost: view.money(costs[place]), quantity: view.plain(quantities[place]), rate: view.figure(rates[place], 0, 4), money,
  })]
}

/**
 * @param {View} view @param {Costing['products'][number]} product @param {ReturnType<typeof toProducts>} second @param {number} place
 * @param {ReturnType<typeof margin>} now @param {string} money
 */
function workProduct(view, {name, uses, units, price, other}, {rates, sums}, place, now, money) {
  if (!sums[place]) return []
  const terms = uses.flatMap((use, each) => (use ? [`${view.plain(use)} × ${view.figure(rates[each], 0, 4)}`] : [])).join(' + ')
  const total = view.money(sums[place])
  const each = view.figure(now.each, 4)
  const words = [view.say('work_product', {product: name, terms, sum: total, money})]
  if (now.each !== null) words.push(view.say('work_each', {sum: total, units: view.plain(units), each}))
  if (now.left !== null) words.push(view.say('work_margin', {price: view.price(price), other: view.price(other), each, left: view.figure(now.left, 4)}))
  return [words.join('; ')]
}

/**
 * @param {View} view @param {Costing['drivers']} drivers @param {ReturnType<typeof toActivities>} first
 * @param {ReturnType<typeof toProducts>} second @param {string} money
 */
function showProject(view, drivers, first, second, money) {
  const found = saving(first, second, drivers.map(({avoided}) => avoided))
  const touched = drivers.map((driver, place) => ({...driver, place})).filter(({avoided}) => avoided !== 0)
  if (!touched.length) {
    view.fill('project')
    view.list('workings_project', [])
    return
  }
  const head = ['', view.say('avoided_column'), view.say('model'), view.say('cash')]
  view.fill('project', view.table(view.say('project_table', {money}), head, [
    ...touched.map(driver => ({
      name: named(driver),
      cells: [view.plain(driver.avoided), view.money(found.models[driver.place]), view.money(found.cashes[driver.place])],
    })),
    {name: view.say('total'), cells: ['', view.money(found.model), view.money(found.cash)], total: true},
  ]), ...(found.share === null ? [] : [
    make('p', 'answer', view.say('project_share', {share: view.percent(found.share, 1), released: view.money(found.released), money})),
  ]))
  const models = touched.map(({avoided, place}) => `${view.plain(avoided)} × ${view.figure(second.rates[place], 0, 4)}`)
  const cashes = touched.map(({avoided, place}) =>
    `${view.plain(avoided)} ÷ ${view.plain(second.quantities[place])} × ${view.money(minus(first.costs[place], first.staying[place]))}`)
  view.list('workings_project', [
    ...(found.model === null ? [] : [view.say('work_model', {terms: models.join(' + '), sum: view.money(found.model), money})]),
    ...(found.cash === null ? [] : [view.say('work_cash', {terms: cashes.join(' + '), sum: view.money(found.cash), money})]),
  ])
}

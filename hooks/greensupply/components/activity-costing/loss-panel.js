// @ts-check
/** Results of the material flow cost accounting: what the loss costs. */
import {make} from '../shared/page.js'
import {flows} from './arithmetic.js'
import {part} from './view.js'

/** @typedef {import('./arithmetic.js').Figure} Figure */
/** @typedef {import('./view.js').View} View */

/**
 * Cost of the loss.
 * @param {View} view @param {Parameters<typeof flows>[0]} given @param {{material: string, operating: string}} names
 * @param {string} money @param {string} unit
 */
export function showLoss(view, given, names, money, unit) {
  const found = flows(given)
  const title = {
    material: names.material || view.say('material'), operating: names.operating || view.say('operating_short'),
    energy: view.say('energy'), system: view.say('system_short'), waste: view.say('waste'),
  }
  /** @param {Figure} figure */
  const mass = figure => view.plain(figure)
  const closes = found.gap === null ? null : Math.abs(found.gap) <= 1e-9 * Math.max(1, Math.abs(given.input ?? 0))
  const balance = {product: mass(given.product), loss: mass(given.loss), stock: mass(given.stock), input: mass(given.input), gap: mass(found.gap), unit}
  /** @param {{total: Figure, product: Figure, loss: Figure}} line */
  const cells = ({total, product, loss}) => [total, product, loss].map(cost => view.money(cost))
  const lines = Object.entries(found.lines).map(([name, line]) => ({name: title[/** @type {keyof typeof title} */ (name)], line}))
  const head = [view.say('cost_column'), view.say('total'), view.say('product_column'), view.say('loss_column')]
  const answers = [
    found.share === null ? '' : view.say('loss_share', {share: view.percent(found.share, 2)}),
    found.multiple === null ? '' : view.say('loss_multiple', {waste: view.money(given.waste), multiple: view.figure(found.multiple, 1), money}),
    found.income ? view.say('loss_income', {income: view.money(found.income), money}) : '',
  ].filter(Boolean)
  view.fill('mfca', view.check(closes, 'check_balance', balance), view.table(view.say('mfca_table', {money}), head, [
    ...lines.map(({name, line}) => ({name, cells: cells(line)})),
    {name: view.say('total'), cells: cells(found), total: true},
  ]), ...answers.map(answer => make('p', 'answer', answer)))
  view.chart('chart_mfca', lines.map(({name, line}) => ({label: name, parts: [
    part(line.product, 'product', view.say('in_product', {amount: view.money(line.product)})),
    part(line.loss, 'loss', view.say('in_loss', {amount: view.money(line.loss)})),
  ].flat()})), {title: view.say('chart_mfca', {money}), kinds: ['product', 'loss']})
  const [kept, lost] = [view.percent(found.kept, 0, 2), view.percent(found.lost, 0, 2)]
  const {material, system} = found.lines
  view.list('workings_mfca', [
    ...(found.kept === null ? [] : [view.say('work_split', {product: mass(given.product), loss: mass(given.loss), kept, lost})]),
    ...(material.total === null ? [] : [view.say('work_material', {
      material: title.material, input: mass(given.input), stock: mass(given.stock), price: view.price(given.price), total: view.money(material.total),
    })]),
    ...(system.loss === null ? [] : [view.say('work_system', {total: view.money(system.total), kept, lost, product: view.money(system.product), loss: view.money(system.loss)})]),
    ...(found.share === null ? [] : [view.say('work_share', {loss: view.money(found.loss), total: view.money(found.total), share: view.percent(found.share, 2)})]),
    ...(found.multiple === null ? [] : [view.say('work_multiple', {loss: view.money(found.loss), waste: view.money(given.waste), multiple: view.figure(found.multiple, 1)})]),
  ])
  return closes === false
}

// @ts-check
/** Results of the appraisal of a project: payback and net present value, without and with the hidden savings. */
import {annuity, appraise, sum, times} from './arithmetic.js'
import {part} from './view.js'

/** @typedef {import('./view.js').View} View */

/** Appraisal of a project. @param {View} view @param {ReturnType<typeof import('./entries.js').project>} given @param {string} money */
export function showProjectValue(view, given, money) {
  const {investment, rate, visible, hidden} = given
  const years = given.whole ? given.years : null
  const factor = annuity(rate, years)
  const [seen, more] = [visible.length || hidden.length ? sum(visible) : null, sum(hidden)]
  const cases = [
    {name: view.say('only_visible'), ...appraise(investment, seen, factor), terms: visible},
    ...(hidden.length ? [
      {name: view.say('half_hidden'), ...appraise(investment, sum([seen, times(more, 0.5)]), factor), terms: [seen, times(more, 0.5)]},
      {name: view.say('with_hidden'), ...appraise(investment, sum([seen, more]), factor), terms: [seen, ...hidden]},
    ] : []),
  ]
  const named = {years: view.plain(years), rate: view.percent(rate, 0, 4), money}
  view.fill('tca', view.table(view.say('tca_table'), ['', ...cases.map(({name}) => name)], [
    {name: view.say('row_yearly', {money}), cells: cases.map(({yearly}) => view.money(yearly))},
    {name: view.say('row_payback'), cells: cases.map(({payback}) => view.figure(payback, 1, 2))},
    {name: view.say('row_npv', named), cells: cases.map(({npv}) => view.figure(npv, 0)), total: true},
  ]))
  view.chart('chart_npv', cases.map(({name, npv}) => ({label: name, parts: part(npv, 'npv', view.figure(npv, 0))})), {title: view.say('chart_npv', {money}), layout: 'grouped'})
  view.list('workings_tca', [
    ...(factor === null ? [] : [view.say('work_annuity', {...named, factor: view.figure(factor, 6)})]),
    ...cases.flatMap(({name, terms, yearly, payback, npv}) => {
      const words = yearly === null ? [] : [view.say('work_yearly', {case: name, terms: view.terms(terms), sum: view.money(yearly), money})]
      if (payback !== null) words.push(view.say('work_payback', {investment: view.money(investment), yearly: view.money(yearly), payback: view.figure(payback, 1, 2)}))
      if (npv !== null) words.push(view.say('work_npv', {yearly: view.money(yearly), factor: view.figure(factor, 6), investment: view.money(investment), npv: view.figure(npv, 0), money}))
      return words.length ? [words.join('. ')] : []
    }),
  ])
}

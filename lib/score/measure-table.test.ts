import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MEASURE_RULES, type MeasureRule } from './measure-table.ts'
import { gateText } from './report-text.ts'

it('is the table of the documentation, row by row', () => {
  const rules: MeasureRule[] = Object.values(MEASURE_RULES)
  const rows = rules.map((rule) => {
    const { number, title, group, weight, none } = rule
    return `| ${number} | ${title} | ${group ?? ''} | ${gateText(rule)} | ${weight || ''} | ${none} |`
  })
  const page = readFileSync('docs/doc-score.md', 'utf8')
  expect(page.split('\n').filter((line) => /^\| \d/.test(line))).toEqual(rows)
})

import { gateText, groupsText, placeText, pointsText, valueText } from '#lib/score/report-text.ts'
import type { Measure, Score } from '#lib/score/score-documentation.ts'
import { coloured, oneLine, outputWidth, printResult } from './output.ts'
import { tableLines } from './table.ts'

const LISTED = 20

/** The total, the table of measures, and the misses of each: up to 20, or every one. */
export function printScore(score: Score, { all }: { all: boolean }): void {
  printResult(`Doc Score: ${pointsText(score.total)} of 100 (${groupsText(score)})`)
  printResult(`${score.pages} pages against commit ${score.commit.slice(0, 8)}\n`)
  for (const line of table(score.measures)) printResult(line)
  for (const measure of score.measures) if (measure.misses.length > 0) printMisses(measure, all)
  for (const limit of score.limits) printResult(`\n${oneLine(limit)}`)
}

function table(measures: Measure[]): string[] {
  const columns = [
    { title: 'No.', right: true, least: 3 },
    { title: 'Measure', least: 20 },
    { title: 'Value', right: true },
    { title: 'Gate', right: true },
    { title: 'Held', paint: (cell: string, value: string) => coloured(value === 'NO' ? 'red' : 'green', cell) },
    { title: 'Note' },
  ]
  const rows = measures.map((measure) => [
    String(measure.number),
    measure.title,
    valueText(measure),
    gateText(measure),
    measure.gate === null ? '' : measure.ok ? 'yes' : 'NO',
    oneLine(measure.note ?? ''),
  ])
  return tableLines({ columns, rows, width: outputWidth() })
}

function printMisses({ number, title, misses }: Measure, all: boolean): void {
  printResult(`\n${number} ${title}: ${misses.length}`)
  const shown = all ? misses : misses.slice(0, LISTED)
  for (const miss of shown) printResult(`  ${oneLine(`${placeText(miss)} ${miss.claim} → ${miss.found}`)}`)
  if (shown.length < misses.length) printResult(`  … and ${misses.length - shown.length} more: see --all or --json`)
}

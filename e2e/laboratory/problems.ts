import { type FaultId, faultOf } from './faults.ts'
import type { LaboratoryProvider, Observed } from './laboratory.ts'
import { MARKS } from './sayings.ts'

/** What is wrong with what came of a fault, as sentences; none when a user sees what they should. */
export function problemsOf(provider: LaboratoryProvider, id: FaultId, observed: Observed): string[] {
  const fault = faultOf(id)
  const { row, pages, processes, keys } = observed
  const told = [row.error_message ?? '', ...row.warnings].join('\n')
  const writers = new Set(pages.map((page) => page.provider))
  const text = pages.map(({ markdown }) => markdown).join('\n')
  const marks = Object.entries(MARKS).filter(([, mark]) => text.includes(mark))
  const problems = [
    row.status === fault.status ? null : `the status is ${row.status}, not ${fault.status}: ${told.slice(0, 300)}`,
    processes === 0 ? null : `${processes} processes are left`,
    !fault.says || fault.says.test(told) ? null : `it is told as: ${told.slice(0, 300)}`,
    fault.status !== 'ready' || row.page_count > 0 ? null : 'it is ready without pages',
    row.status !== 'ready' || isBy(writers, { provider, pages: fault.pages })
      ? null
      : `the pages are by ${[...writers].join(' and ')}: ${told.slice(0, 300)}`,
    fault.pages === 'model' && row.warnings.length > 0 ? `there is a warning: ${told.slice(0, 300)}` : null,
    fault.pages === 'builtin' && row.warnings.length < pages.length ? 'a stand-in is not told' : null,
    ...keys.map((name) => `${name} can be read`),
    ...marks.map(([name]) => `a page holds what the model said (${name})`),
  ]
  return problems.filter((problem) => problem !== null)
}

function isBy(writers: Set<string>, { provider, pages }: { provider: string; pages: string }): boolean {
  const wanted = { model: [provider], builtin: ['builtin'], both: [provider, 'builtin'], none: [] }[pages] ?? []
  return writers.size === wanted.length && wanted.every((one) => writers.has(one))
}

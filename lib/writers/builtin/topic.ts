import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange, SymbolFact } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { type FactsIndex, factsIndex } from './facts-index.ts'
import { inReadingOrder, symbolsByImportance } from './importance.ts'
import { blocks, code, escapeText, heading } from './markdown.ts'
import { codeNames } from './quoting.ts'
import { tight } from './ranges.ts'
import { composeEntry, type SymbolEntry, selectEntries } from './symbol-entry.ts'
import { sentence } from './wording.ts'

interface SelectedTopic {
  title: string
  purpose: string
  files: { path: string; header: string; headerAt: SourceRange | null; shown: SourceRange[]; entries: SymbolEntry[] }[]
}

const MOST_SYMBOLS = 12
/** Of a file without names, or of the lines that were asked for. */
const MOST_LINES = 200
const TIGHT_LINES = 25

/** What the facts say of the sources of a page that a model added: its material, never a page by itself. */
export const topicComposer: Composer<SelectedTopic> = { select, compose }

function select(facts: Facts, { title, purpose = '', sources = [] }: PlanPage): SelectedTopic {
  const index = factsIndex(facts)
  return { title, purpose, files: sources.flatMap((source) => selectFile(facts, source, index)) }
}

function selectFile(facts: Facts, source: string, index: FactsIndex): SelectedTopic['files'] {
  const [, path = source, start, end = start] = /^(.*?)(?::(\d+)(?:-(\d+))?)?$/.exec(source) ?? []
  const file = index.files.get(path)
  if (!file) return []
  const wanted = start === undefined ? null : { path, start: Number(start), end: Number(end) }
  const symbols = (index.topLevel.get(path) ?? []).filter((symbol) => !wanted || overlaps(symbol, wanted))
  const named = new Set(symbolsByImportance(facts, symbols).slice(0, MOST_SYMBOLS))
  const whole = symbols.length === 0 ? { path, start: 1, end: file.lines } : null
  return [
    {
      path,
      header: file.header?.text ?? '',
      headerAt: file.header?.range ?? null,
      shown: pieces(wanted ?? whole),
      entries: selectEntries(
        facts,
        inReadingOrder(facts, symbols).filter((symbol) => named.has(symbol)),
      ),
    },
  ]
}

function overlaps({ range }: SymbolFact, { start, end }: SourceRange): boolean {
  return range.start <= end && range.end >= start
}

/** Lines in citations of a readable length. */
function pieces(range: SourceRange | null): SourceRange[] {
  const found: SourceRange[] = []
  const last = range ? Math.min(range.end, range.start + MOST_LINES - 1) : 0
  for (let start = range?.start ?? 1; range && start <= last; start += TIGHT_LINES)
    found.push(tight({ ...range, start, end: last }))
  return found
}

function compose({ title, files }: SelectedTopic): string {
  return blocks(
    heading(1, escapeText(title)),
    ...files.map(({ path, header, headerAt, shown, entries }) =>
      blocks(
        heading(2, code(path)),
        headerAt && `${sentence(codeNames(header))} ${cite(headerAt)}`,
        shown.length > 0 && `Its lines: ${shown.map(cite).join(' ')}`,
        ...entries.map((entry) => composeEntry(entry, 3)),
      ),
    ),
  )
}

import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'
import { factsIndex } from './facts-index.ts'
import { importanceIn } from './importance.ts'
import { blocks, bullets, code, heading } from './markdown.ts'
import { quoting } from './quoting.ts'
import { symbolCitation } from './ranges.ts'
import { quotedIntroduction } from './readme.ts'
import { kindName } from './symbol-kind.ts'
import { byText, firstSentence, sentence } from './wording.ts'

export interface KeySymbol {
  name: string
  kind: string
  path: string
  summary: string
  citation: SourceRange
}

/** Directories and files whose names say that outsiders should not use them. */
export const INSIDE =
  /(?:^|\/)(?:internal|testing|utils?|utilities|helpers?|\w*mocks?|fakes?|testutils?|_[^_/][^/]*)(?:\/|$)|(?:^|\/)_[a-z][^/]*$/

const SHOWN_SYMBOLS = 8

export type KeyPlace = 'overview' | 'getting_started' | 'architecture'

/** The names that belong on this page: users of a library meet them with the first steps, those of an application never. */
export function keySymbolsFor(facts: Facts, plan: Plan, kind: KeyPlace): KeySymbol[] {
  const kinds = new Set<string>(planPages(plan).map((page) => page.kind))
  if (kinds.has('concepts') || kinds.has('package')) return []
  const wanted = placeFor(facts, plan)
  return (kinds.has(wanted) ? wanted : 'overview') === kind ? keySymbols(facts, SHOWN_SYMBOLS) : []
}

function placeFor(facts: Facts, plan: Plan): KeyPlace {
  if (plan.repo_type === 'app') return 'architecture'
  return quotedIntroduction(facts).length > 0 ? 'getting_started' : 'overview'
}

/** Empty without symbols. */
export function keySymbolText(symbols: KeySymbol[]): string {
  if (symbols.length === 0) return ''
  const items = symbols.map(
    ({ name, kind, summary, citation }) => `${code(name)} (${kind}): ${sentence(summary)} ${cite(citation)}`,
  )
  return blocks(
    heading(2, 'Names to know'),
    'These are the documented names that other files, tests and documents use most.',
    bullets(items),
  )
}

/** The documented public names a newcomer meets first. */
function keySymbols(facts: Facts, limit: number): KeySymbol[] {
  const index = factsIndex(facts)
  const importance = importanceIn(facts)
  const seen = new Set<string>()
  return [...index.topLevel.values()]
    .flat()
    .filter(
      (symbol) =>
        symbol.kind !== 'property' &&
        symbol.name !== 'default' &&
        symbol.doc?.summary &&
        !symbol.doc.deprecated &&
        !INSIDE.test(symbol.range.path),
    )
    .map((symbol) => ({ symbol, use: importance(symbol) }))
    .sort((a, b) => b.use - a.use || byText(a.symbol.id, b.symbol.id))
    .filter(({ symbol }) => !seen.has(symbol.qualified) && seen.add(symbol.qualified))
    .slice(0, limit)
    .map(({ symbol }) => ({
      name: symbol.qualified,
      kind: kindName(symbol),
      path: symbol.range.path,
      summary: quoting(index, index.files.get(symbol.range.path)?.language ?? null).inline(
        firstSentence(symbol.doc?.summary ?? ''),
      ),
      citation: symbolCitation(symbol),
    }))
}

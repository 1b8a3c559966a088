import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange, SymbolFact } from '#lib/domain/facts.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'
import { factsIndex } from './facts-index.ts'
import { blocks, bullets, code, heading } from './markdown.ts'
import { quoting } from './quoting.ts'
import { symbolCitation } from './ranges.ts'
import { quotedIntroduction } from './readme.ts'
import { byText, sentence } from './wording.ts'

export interface KeySymbol {
  name: string
  kind: SymbolFact['kind']
  path: string
  summary: string
  citation: SourceRange
}

/** Directories and files whose names say that outsiders should not use them. */
const INSIDE = /(?:^|\/)(?:internal|testing|_[^_/][^/]*)(?:\/|$)|(?:^|\/)_[a-z][^/]*$/

const SHOWN_SYMBOLS = 8

/** The names that belong on this page: a library that introduces itself shows them with the first steps. */
export function keySymbolsFor(facts: Facts, plan: Plan, kind: 'overview' | 'getting_started'): KeySymbol[] {
  const hasStart = planPages(plan).some((page) => page.kind === 'getting_started')
  const place = hasStart && plan.repo_type !== 'app' && quotedIntroduction(facts) ? 'getting_started' : 'overview'
  return place === kind ? keySymbols(facts, SHOWN_SYMBOLS) : []
}

/** Empty without symbols. */
export function keySymbolText(symbols: KeySymbol[]): string {
  if (symbols.length === 0) return ''
  const items = symbols.map(
    ({ name, kind, summary, citation }) => `${code(name)} (${kind}): ${sentence(summary)} ${cite(citation)}`,
  )
  return blocks(
    heading(2, 'Names to know'),
    'These are the documented names that most other files and tests use.',
    bullets(items),
  )
}

/** The documented public names most files and tests use: what a newcomer meets first. */
function keySymbols(facts: Facts, limit: number): KeySymbol[] {
  const index = factsIndex(facts)
  const named = new Map<string, Set<string>>()
  for (const fact of facts.imports) {
    for (const name of fact.names) {
      const key = `${fact.to}#${name}`
      const users = named.get(key) ?? new Set()
      named.set(key, users.add(fact.from))
    }
  }
  const use = (symbol: SymbolFact) => {
    const importers = named.get(`${symbol.range.path}#${symbol.name}`)?.size ?? 0
    const members = index.members.get(symbol.id)?.length ?? 0
    return (
      importers +
      Math.min(members / 20, 3) +
      (index.testsOf.get(symbol.id)?.length ?? 0) +
      10 * (facts.fileRank[symbol.range.path] ?? 0)
    )
  }
  const seen = new Set<string>()
  return [...index.topLevel.values()]
    .flat()
    .filter(
      (symbol) =>
        symbol.kind !== 'property' && symbol.doc?.summary && !symbol.doc.deprecated && !INSIDE.test(symbol.range.path),
    )
    .map((symbol) => ({ symbol, use: use(symbol) }))
    .sort((a, b) => b.use - a.use || byText(a.symbol.id, b.symbol.id))
    .filter(({ symbol }) => !seen.has(symbol.qualified) && seen.add(symbol.qualified))
    .slice(0, limit)
    .map(({ symbol }) => ({
      name: symbol.qualified,
      kind: symbol.kind,
      path: symbol.range.path,
      summary: quoting(index, index.files.get(symbol.range.path)?.language ?? null).inline(symbol.doc?.summary ?? ''),
      citation: symbolCitation(symbol),
    }))
}

import type { EntryPointFact, Facts, SymbolFact } from '#lib/domain/facts.ts'
import { usersOf } from '#lib/domain/symbol-users.ts'
import { factsIndex } from './facts-index.ts'
import { isOffered, knowsOffered } from './offered-names.ts'
import { projectNames } from './readme.ts'
import { byText } from './wording.ts'

type Importance = (symbol: SymbolFact) => number

const cache = new WeakMap<Facts, Importance>()

/**
 * How much a newcomer needs a top-level name: by the files that import it, the tests that use it, the sections of documents
 * whose code names it, its members and the rank of its file. Types and plain values count for less than what is called.
 */
export function importanceIn(facts: Facts): Importance {
  const known = cache.get(facts)
  if (known) return known
  const importance = measure(facts)
  cache.set(facts, importance)
  return importance
}

/** Names of the symbols, most important first, each once. */
export function namesByImportance(facts: Facts, symbols: SymbolFact[]): string[] {
  return [...new Set(symbolsByImportance(facts, symbols).map(({ name }) => name))]
}

/** Most important first. */
export function symbolsByImportance(facts: Facts, symbols: SymbolFact[]): SymbolFact[] {
  const importance = importanceIn(facts)
  return symbols
    .map((symbol) => ({ symbol, value: importance(symbol) }))
    .sort((a, b) => b.value - a.value || byText(a.symbol.id, b.symbol.id))
    .map(({ symbol }) => symbol)
}

/** What is called or has members first, most important first; then types and values as the code has them. */
export function inReadingOrder(facts: Facts, symbols: SymbolFact[]): SymbolFact[] {
  const importance = importanceIn(facts)
  const { members } = factsIndex(facts)
  const place = ({ kind, id }: SymbolFact) => {
    if (/^(?:function|class|component)$/.test(kind) || (members.get(id)?.length ?? 0) > 0) return 0
    return /^(?:interface|type|enum)$/.test(kind) ? 1 : 2
  }
  const order = symbols.map((symbol) => ({ symbol, place: place(symbol) }))
  const value = (one: { symbol: SymbolFact; place: number }) => (one.place === 0 ? importance(one.symbol) : 0)
  return order.sort((a, b) => a.place - b.place || value(b) - value(a)).map(({ symbol }) => symbol)
}

function measure(facts: Facts): Importance {
  const index = factsIndex(facts)
  const mentions = mentionsIn(facts)
  const offered = knowsOffered(facts) ? null : offeredByEntry(facts)
  const names = projectNames(facts)
  const hasRootPackage = [...index.topLevel.keys()].some((path) => path.endsWith('.go') && !path.includes('/'))
  const values = new Map<string, number>()
  return (symbol) => {
    const known = values.get(symbol.id)
    if (known !== undefined) return known
    const members = index.members.get(symbol.id)?.length ?? 0
    const use =
      2 * Math.log2(1 + usersOf(facts, symbol).length) +
      2 * Math.log2(1 + (index.testsOf.get(symbol.id)?.length ?? 0)) +
      3 * Math.log2(1 + (symbol.name.length > 1 ? (mentions.get(symbol.name) ?? 0) : 0)) +
      Math.min(members / 10, 3) +
      (offered?.has(`${symbol.range.path}#${symbol.name}`) || isOffered(facts, symbol) ? OFFERED : 0) +
      10 * (facts.fileRank[symbol.range.path] ?? 0)
    const isProject = names.includes(symbol.name.toLowerCase())
    const factor =
      symbol.range.path.endsWith('.go') && symbol.range.path.includes('/') && hasRootPackage ? SUBPACKAGE : 1
    const value = isProject ? use + OFFERED : use * kindFactor(symbol, members) * factor
    values.set(symbol.id, value)
    return value
  }
}

/** Go code names what it uses by package; a bare name in a document most likely means the package at the root. */
const SUBPACKAGE = 0.5

/** Worth of being what the package itself offers. */
const OFFERED = 6

/** Main modules that do nothing but pass names on; others import what they use themselves. */
const INDEX = /(?:^|\/)(?:index|mod|main)\.[cm]?[jt]s$|\.d\.ts$|(?:^|\/)__init__\.py$/

/** Where the facts know no offered names: `file#name` of what the main module of the package declares or passes on. */
function offeredByEntry(facts: Facts): Set<string> {
  const { topLevel } = factsIndex(facts)
  const isMain = ({ kind, name }: EntryPointFact) =>
    kind === 'main' || (kind === 'export' && (name === '.' || name === facts.name))
  const entries = new Set(facts.entryPoints.filter(isMain).map(({ path }) => path ?? ''))
  const declared = [...entries].flatMap((path) => topLevel.get(path) ?? [])
  const passedOn = facts.imports
    .filter(({ from, to }) => entries.has(from) && INDEX.test(from) && to !== null)
    .flatMap(({ to, names }) =>
      (names.includes('*') ? (topLevel.get(to ?? '') ?? []).map(({ name }) => name) : names).map(
        (name) => `${to}#${name}`,
      ),
    )
  return new Set([...declared.map(({ name, range }) => `${range.path}#${name}`), ...passedOn])
}

function kindFactor({ kind }: SymbolFact, members: number): number {
  if (/^(?:function|class|component)$/.test(kind)) return 1
  if (members > 2) return 0.9
  return /^(?:interface|type|enum)$/.test(kind) ? 0.6 : 0.4
}

/** In how many sections of documents the code has a word. */
function mentionsIn(facts: Facts): Map<string, number> {
  const mentions = new Map<string, number>()
  for (const { sections } of facts.documents) {
    for (const { text } of sections) {
      const code = text.match(/^ {0,3}(`{3,}|~{3,})[\s\S]*?^ {0,3}\1|`[^`\n]+`|^ {4}.+$/gm)?.join('\n') ?? ''
      for (const word of new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu)))
        mentions.set(word, (mentions.get(word) ?? 0) + 1)
    }
  }
  return mentions
}

import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Mentions } from '#lib/score/mentions.ts'

const TOP_SHARE = 0.1
const TOP_LEAST = 10
const TOP_MOST = 100
const UNNAMED = /^(?:constructor|__\w+__|default|_)$/

/** Public symbols that are named as code, and the most used of them that are named in prose. */
export function measureSymbolCoverage(facts: Facts, mentions: Mentions): { reference: Finding; prose: Finding } {
  const symbols = publicSymbols(facts)
  const unnamed = symbols.filter(({ name }) => !mentions.inCode.has(lastName(name)))
  const top = mostUsed(symbols, facts)
  const untold = top.filter(({ name }) => !mentions.inProse.has(lastName(name)))
  return {
    reference: shareFinding(symbols.length, unnamed.map(missOf)),
    prose: shareFinding(top.length, untold.map(missOf)),
  }
}

/** What source files offer to others: declarations and methods, each once; not what only the language itself calls. */
function publicSymbols({ symbols, files }: Facts): SymbolFact[] {
  const source = new Set(files.filter(({ role }) => role === 'source').map(({ path }) => path))
  const byId = new Map(symbols.map((symbol) => [symbol.id, symbol]))
  const once = new Map<string, SymbolFact>()
  for (const symbol of symbols) {
    const { path } = symbol.range
    const parent = symbol.parent === null ? null : byId.get(symbol.parent)
    const isOffered = symbol.public && (symbol.parent === null || (symbol.kind === 'method' && parent?.public === true))
    const key = `${path}#${symbol.qualified}`
    if (isOffered && source.has(path) && !UNNAMED.test(symbol.name) && !once.has(key)) once.set(key, symbol)
  }
  return [...once.values()]
}

/** By how many files import the name, then by the rank of its file. */
function mostUsed(symbols: SymbolFact[], { imports, fileRank }: Facts): SymbolFact[] {
  const uses = new Map<string, number>()
  for (const { to, names } of imports)
    for (const name of to === null ? [] : names) uses.set(`${to}#${name}`, (uses.get(`${to}#${name}`) ?? 0) + 1)
  const top = symbols.filter(({ parent }) => parent === null)
  const rank = ({ id, range }: SymbolFact): [number, number] => [uses.get(id) ?? 0, fileRank[range.path] ?? 0]
  const ranked = top
    .map((symbol) => ({ symbol, rank: rank(symbol) }))
    .sort((left, right) => right.rank[0] - left.rank[0] || right.rank[1] - left.rank[1])
  const wanted = Math.min(TOP_MOST, Math.max(TOP_LEAST, Math.round(top.length * TOP_SHARE)))
  return ranked.slice(0, wanted).map(({ symbol }) => symbol)
}

function lastName(name: string): string {
  return (name.split(/\.|::|#/).at(-1) ?? name).replace(/^[~@]/, '')
}

function missOf({ qualified, kind, range }: SymbolFact): ScoreMiss {
  return {
    page: null,
    line: 0,
    claim: `${kind} ${qualified}`,
    found: `declared at ${range.path}:${range.start}, named nowhere`,
  }
}

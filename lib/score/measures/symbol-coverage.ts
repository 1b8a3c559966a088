import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'
import type { Mentions } from '#lib/score/mentions.ts'

const TOP_SHARE = 0.1
const TOP_LEAST = 10
const TOP_MOST = 100
const UNNAMED = /^(?:constructor|__\w+__|default|_)$/

/** Public symbols that are named as code, and the most used of them that are named in prose. */
export async function measureSymbolCoverage(
  ground: Ground,
  mentions: Mentions,
): Promise<{ reference: Finding; prose: Finding }> {
  const { facts } = ground
  const symbols = publicSymbols(facts)
  const unnamed = symbols.filter((symbol) => !mentions.inCode.has(lastName(symbol.name)) && !isPiece(symbol, mentions))
  const uses = facts.imports.some(({ to, names }) => to !== null && names.some((name) => name !== '*'))
    ? await usesOfIncludes(symbols, ground)
    : usesOfReferences(facts)
  const top = mostUsed(symbols, facts, uses)
  const untold = top.filter(({ name }) => !mentions.inProse.has(lastName(name)))
  return {
    reference: shareFinding(symbols.length, unnamed.map(missOf)),
    prose: shareFinding(top.length, untold.map(missOf)),
  }
}

/** A name that is no single word, as functions of a shell and setters of Ruby have. */
function isPiece({ name, qualified }: SymbolFact, { pieces }: Mentions): boolean {
  return /[^\p{L}\p{N}_$]/u.test(name) && (pieces.has(name) || pieces.has(qualified))
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

/** In how many of the files that include a file, without naming what they want of it (as in C), each name occurs. */
async function usesOfIncludes(symbols: SymbolFact[], ground: Ground): Promise<Map<string, number>> {
  const { imports } = ground.facts
  const naming = new Set(imports.filter(({ names }) => names.some((name) => name !== '*')).map(({ to }) => to))
  const includes = imports.filter(({ from, to }) => to !== null && to !== from && !naming.has(to))
  const byTarget = Map.groupBy(symbols, ({ range }) => range.path)
  const uses = new Map<string, number>()
  for (const [from, own] of Map.groupBy(includes, (one) => one.from)) {
    const targets = [...new Set(own.map(({ to }) => to ?? ''))].filter((to) => byTarget.has(to))
    if (targets.length === 0) continue
    const words = new Set(((await ground.linesOf(from)) ?? []).flatMap((line) => line.match(/[\w$]+/g) ?? []))
    for (const { id, name } of targets.flatMap((to) => byTarget.get(to) ?? []))
      if (words.has(name)) uses.set(id, (uses.get(id) ?? 0) + 1)
  }
  return uses
}

/** In how many other files each symbol is used, where imports of the language name nothing, as in a shell. */
function usesOfReferences({ files, symbols, references }: Facts): Map<string, number> {
  const users = new Map<string, Set<number>>()
  for (const [at, target] of references.target.entries()) {
    const symbol = symbols[target]
    const file = references.file[at] ?? -1
    if (!symbol || files[file]?.path === symbol.range.path) continue
    users.set(symbol.id, (users.get(symbol.id) ?? new Set()).add(file))
  }
  return new Map([...users].map(([id, own]) => [id, own.size]))
}

/** By how many files import the name, then by the rank of its file. Where no use by another file is known, nobody can tell. */
function mostUsed(
  symbols: SymbolFact[],
  { imports, fileRank }: Facts,
  usesById: ReadonlyMap<string, number>,
): SymbolFact[] {
  const uses = new Map(usesById)
  for (const { to, names } of imports)
    for (const name of to === null ? [] : names) uses.set(`${to}#${name}`, (uses.get(`${to}#${name}`) ?? 0) + 1)
  const top = symbols.filter(({ parent }) => parent === null)
  const rank = ({ id, range }: SymbolFact): [number, number] => [uses.get(id) ?? 0, fileRank[range.path] ?? 0]
  const ranked = top
    .map((symbol) => ({ symbol, rank: rank(symbol) }))
    .sort((left, right) => right.rank[0] - left.rank[0] || right.rank[1] - left.rank[1])
  if (!ranked.some((one) => one.rank[0] > 0)) return []
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

import type { Facts, SourceRange, SymbolFact } from './facts.ts'

/** A file that uses a symbol, with the line of its first use. */
export interface User {
  path: string
  line: number
}

interface Users {
  /** By symbol id: each other file that the rules of the language lead from, and its first line of use. */
  followed: Map<string, Map<string, number>>
  /** `file#name` and the first import of it in each file. */
  importers: Map<string, Map<string, SourceRange>>
  /** By symbol id; symbols without users are not here. */
  found: Map<string, User[]>
}

const cache = new WeakMap<Facts, Users>()
const NOBODY: User[] = []

/**
 * Files that use a top-level symbol, by path: those the rules of the language lead there, and those that import it by its
 * name. Tests do not count: they say nothing about how much of the project rests on it.
 */
export function usersOf(facts: Facts, symbol: SymbolFact): User[] {
  const users = usersIn(facts)
  const followed = users.followed.get(symbol.id)
  const importers = users.importers.get(`${symbol.range.path}#${symbol.name}`)
  if (!importers && !followed) return NOBODY
  const known = users.found.get(symbol.id)
  if (known) return known
  const first = new Map(Array.from(importers ?? [], ([path, { start }]) => [path, start]))
  for (const [path, line] of followed ?? []) if (!first.has(path)) first.set(path, line)
  const found = [...first].map(([path, line]) => ({ path, line })).sort((a, b) => (a.path < b.path ? -1 : 1))
  users.found.set(symbol.id, found)
  return found
}

/** Import lines outside tests that name a symbol, one for each file, by path. */
export function importersOf(facts: Facts, symbol: SymbolFact): SourceRange[] {
  const importers = usersIn(facts).importers.get(`${symbol.range.path}#${symbol.name}`)
  return importers ? [...importers.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) : []
}

function usersIn(facts: Facts): Users {
  const known = cache.get(facts)
  if (known) return known
  const users = { followed: followedUses(facts), importers: importersByName(facts), found: new Map() }
  cache.set(facts, users)
  return users
}

/** Read from the columns at once: most symbols have no such use, and an object for every use would be thrown away. */
function followedUses({ references, files, symbols }: Facts): Users['followed'] {
  const { file, target, line, exact } = references
  const followed: Users['followed'] = new Map()
  for (let at = 0; at < target.length; at += 1) {
    const user = files[file[at] ?? -1]
    const used = symbols[target[at] ?? -1]
    if (exact[at] !== 1 || !user || !used || user.path === used.range.path) continue
    if (user.role !== 'source' && user.role !== 'example') continue
    const lines = followed.get(used.id) ?? new Map<string, number>()
    if (!lines.has(user.path)) lines.set(user.path, line[at] ?? 1)
    followed.set(used.id, lines)
  }
  return followed
}

function importersByName({ imports, files }: Facts): Users['importers'] {
  const roles = new Map(files.map(({ path, role }) => [path, role]))
  const importers: Users['importers'] = new Map()
  for (const { from, to, names, range } of imports) {
    if (to === null || to === from || roles.get(from) === 'test') continue
    for (const name of names) {
      const key = `${to}#${name}`
      const own = importers.get(key) ?? new Map<string, SourceRange>()
      if (!own.has(from)) own.set(from, range)
      importers.set(key, own)
    }
  }
  return importers
}

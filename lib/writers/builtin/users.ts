import type { Facts, SymbolFact } from '#lib/domain/facts.ts'

const cache = new WeakMap<Facts, Map<string, Set<string>>>()

/** Files that import a top-level symbol by its name. Empty for languages whose imports name no symbols. */
export function filesThatUse(facts: Facts, { range, name }: SymbolFact): ReadonlySet<string> {
  return importersByName(facts).get(`${range.path}#${name}`) ?? NOBODY
}

const NOBODY: ReadonlySet<string> = new Set()

function importersByName(facts: Facts): Map<string, Set<string>> {
  const known = cache.get(facts)
  if (known) return known
  const importers = new Map<string, Set<string>>()
  for (const { from, to, names } of facts.imports) {
    if (to === null || to === from) continue
    for (const name of names) {
      const key = `${to}#${name}`
      const files = importers.get(key)
      if (files) files.add(from)
      else importers.set(key, new Set([from]))
    }
  }
  cache.set(facts, importers)
  return importers
}

import type { Facts, SymbolFact } from '#lib/domain/facts.ts'

const FEWEST_NAMES = 4

interface Offered {
  /** Ids of symbols. */
  ids: ReadonlySet<string>
  /** `file#name` of what the declarations beside an entry pass on. */
  declared: ReadonlySet<string>
}

const cache = new WeakMap<Facts, Offered>()

/** Whether a package of the repository really offers a symbol to others, re-exports followed. */
export function isOffered(facts: Facts, { id, name, range }: SymbolFact): boolean {
  const { ids, declared } = offeredIn(facts)
  return ids.has(id) || declared.has(`${range.path}#${name}`)
}

/** Whether it is known what the packages offer: only then can a name be called internal. */
export function knowsOffered(facts: Facts): boolean {
  return offeredIn(facts).ids.size >= FEWEST_NAMES
}

function offeredIn(facts: Facts): Offered {
  const known = cache.get(facts)
  if (known) return known
  const entries = new Set(facts.offered.map(({ entry }) => entry.replace(/\.([cm]?)js$/, '.d.$1ts')))
  const passedOn = facts.imports.filter(
    ({ from, to }) => to !== null && entries.has(from) && /\.d\.[cm]?ts$/.test(from),
  )
  const found = {
    ids: new Set(facts.offered.map(({ symbol }) => symbol)),
    declared: new Set(passedOn.flatMap(({ to, names }) => names.map((name) => `${to}#${name}`))),
  }
  cache.set(facts, found)
  return found
}

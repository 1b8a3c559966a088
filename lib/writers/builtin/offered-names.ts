import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { namesInDocuments, pythonModuleOf } from './documented-names.ts'
import { factsIndex } from './facts-index.ts'

const FEWEST_NAMES = 4

interface Offered {
  /** Ids of symbols. */
  ids: ReadonlySet<string>
  /** `file#name` of what the declarations beside an entry pass on. */
  declared: ReadonlySet<string>
  /** `module#Name` of Python that documents tell people to use. */
  documented: ReadonlySet<string>
}

const cache = new WeakMap<Facts, Offered>()

/** Whether a package of the repository really offers a symbol to others, re-exports followed. */
export function isOffered(facts: Facts, { id, name, range }: SymbolFact): boolean {
  const { ids, declared, documented } = offeredIn(facts)
  if (ids.has(id) || declared.has(`${range.path}#${name}`)) return true
  return documented.size > 0 && documented.has(`${pythonModuleOf(range.path)}#${name}`)
}

/** Whether it is known what the packages offer: only then can a name be called internal. */
export function knowsOffered(facts: Facts): boolean {
  return offeredIn(facts).ids.size >= FEWEST_NAMES
}

function offeredIn(facts: Facts): Offered {
  const known = cache.get(facts)
  if (known) return known
  const found = isOfMostFiles(facts) ? findOffered(facts) : NOTHING
  cache.set(facts, found)
  return found
}

const NOTHING: Offered = { ids: new Set(), declared: new Set(), documented: new Set() }

/** What a helper in another language offers says nothing about the project. */
function isOfMostFiles(facts: Facts): boolean {
  const families = new Set(facts.offered.map(({ entry }) => familyOf(entry)))
  const { documented } = factsIndex(facts)
  return documented.filter(({ path }) => families.has(familyOf(path))).length * 2 >= documented.length
}

function familyOf(path: string): string {
  const ending = path.slice(path.lastIndexOf('.') + 1)
  return /^(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(ending) ? 'js' : ending
}

function findOffered(facts: Facts): Offered {
  const entries = new Set(facts.offered.map(({ entry }) => entry.replace(/\.([cm]?)js$/, '.d.$1ts')))
  const passedOn = facts.imports.filter(
    ({ from, to }) => to !== null && entries.has(from) && /\.d\.[cm]?ts$/.test(from),
  )
  return {
    ids: new Set(facts.offered.map(({ symbol }) => symbol)),
    declared: new Set(passedOn.flatMap(({ to, names }) => names.map((name) => `${to}#${name}`))),
    documented: facts.offered.some(({ entry }) => entry.endsWith('.py')) ? namesInDocuments(facts) : new Set(),
  }
}

import type { ImportFact } from '#lib/domain/facts.ts'
import type { ParsedFile, RawImport } from '#lib/facts/parse/parsed-file.ts'
import type { RustCrate } from './rust.ts'

const MAX_ROUNDS = 20

interface ModuleTree {
  resolve(from: string, raw: RawImport): ImportFact[]
  rootOf(from: string): string
}

type Offered = Map<string, Set<string>>

/** Names each file of a library crate offers to other crates; `*` for all it marks `pub`. Other files are not listed. */
export function offeredByCrates(parsed: Map<string, ParsedFile>, crates: RustCrate[], tree: ModuleTree): Offered {
  const offered: Offered = new Map()
  const roots = new Set(crates.map(({ root }) => root))
  for (const path of parsed.keys())
    if (path.endsWith('.rs') && roots.has(tree.rootOf(path))) offered.set(path, new Set(roots.has(path) ? ['*'] : []))
  let isGrowing = true
  for (let round = 0; isGrowing && round < MAX_ROUNDS; round += 1)
    isGrowing = [...offered.keys()].filter((path) => offerFrom(path, offered, { parsed, tree })).length > 0
  return offered
}

/** Follows `pub mod` and `pub use` of one file; true when that offered something new. */
function offerFrom(
  path: string,
  offered: Offered,
  { parsed, tree }: { parsed: Map<string, ParsedFile>; tree: ModuleTree },
): boolean {
  const open = offered.get(path)
  if (!open?.size) return false
  const reexports = parsed.get(path)?.imports.filter((raw) => isOpen(raw, open)) ?? []
  return reexports.filter((raw) => offer(tree.resolve(path, raw), offered)).length > 0
}

/** Whether a file that offers some of its names offers what this line brings in. */
function isOpen({ reexports, specifier, names }: RawImport, open: Set<string>): boolean {
  if (!reexports || open.has('*')) return reexports
  return !specifier.startsWith('mod ') && names.some((name) => name === '*' || open.has(name))
}

/** True when that offered something new. */
function offer(reached: ImportFact[], offered: Offered): boolean {
  let isNew = false
  for (const { to, names } of reached) {
    const target = to === null ? undefined : offered.get(to)
    if (!target) continue
    const before = target.size
    for (const name of names) target.add(name)
    if (target.size !== before) isNew = true
  }
  return isNew
}

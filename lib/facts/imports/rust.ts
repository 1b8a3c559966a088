import type { ImportFact } from '#lib/domain/facts.ts'
import type { ParsedFile, RawImport } from '#lib/facts/parse/parsed-file.ts'
import { dirOf, joinPath } from './paths.ts'

/** A library crate of the repository. */
export interface RustCrate {
  /** As code names it, with underscores. */
  name: string
  /** Its root file. */
  root: string
}

/** Tests beside `src` are crates of their own; a folder of that name inside it is a module. */
const ROOT =
  /(?:^|\/)(?:lib|main|build)\.rs$|(?:^|\/)src\/bin\/[^/]+\.rs$|(?:^|(?<!(?:^|\/)src)\/)(?:tests|examples|benches)\/[^/]+\.rs$/

/** Resolves `mod` and `use` along the module tree, as files lie on disk, and names of the repository's other crates. */
export function rustResolver(paths: ReadonlySet<string>, parsed: Map<string, ParsedFile>, crates: RustCrate[]) {
  const byName = new Map(crates.map((crate) => [crate.name, crate.root]))
  const parents = parentsOf()

  function resolve(from: string, { specifier, names, alias, range }: RawImport): ImportFact[] {
    const fact = (to: string | null, wanted: string[]) => ({ from, to, specifier, names: wanted, range })
    if (specifier.startsWith('mod ')) return [fact(moduleFile(from, specifier.slice(4), alias), names)]
    const target = fileOf(specifier.split('::'), from)
    if (!target) return [fact(null, names)]
    const facts: ImportFact[] = []
    const inside: string[] = []
    for (const name of names) {
      const module = target.isWhole && name !== '*' ? childModule(target.path, name) : null
      if (module) facts.push(fact(module, ['*']))
      else inside.push(target.isWhole ? name : (target.first ?? name))
    }
    if (inside.length > 0) facts.push(fact(target.path, inside))
    return facts
  }

  interface Target {
    path: string
    /** Every part of the path was a module; else the rest names something inside the file. */
    isWhole: boolean
    first: string | null
  }

  function fileOf(parts: string[], from: string): Target | null {
    const [head = '', ...rest] = parts
    if (head === 'crate') return descend(rootOf(from), rest)
    if (head === 'self') return descend(from, rest)
    if (head === 'super') {
      const parent = parents.get(from)
      if (!parent) return null
      return rest[0] === 'super' ? fileOf(rest, parent) : descend(parent, rest)
    }
    const other = byName.get(head)
    if (other) return descend(other, rest)
    const sibling = childModule(from, head) ?? childModule(rootOf(from), head)
    return sibling ? descend(sibling, rest) : null
  }

  function descend(start: string, parts: string[]): Target {
    let path = start
    for (const part of parts) {
      const child = childModule(path, part)
      if (!child) return { path, isWhole: false, first: part }
      path = child
    }
    return { path, isWhole: true, first: null }
  }

  function rootOf(from: string): string {
    let path = from
    for (let up = 0; up < 30 && !ROOT.test(path); up += 1) {
      const parent = parents.get(path)
      if (!parent) break
      path = parent
    }
    return path
  }

  function childModule(path: string, name: string): string | null {
    const declaration = parsed.get(path)?.imports.find(({ specifier }) => specifier === `mod ${name}`)
    return declaration ? moduleFile(path, name, declaration.alias) : null
  }

  function moduleFile(from: string, name: string, path: string | null): string | null {
    const plain = name.replace(/^r#/, '')
    const own = dirOf(from)
    const stem = from.replace(/\.rs$/, '')
    const isDirectory = ROOT.test(from) || from.endsWith('/mod.rs') || crates.some(({ root }) => root === from)
    const dir = isDirectory ? own : stem
    const candidates = path ? [joinPath(own, path)] : [joinPath(dir, `${plain}.rs`), joinPath(dir, `${plain}/mod.rs`)]
    return candidates.find((candidate) => candidate !== null && paths.has(candidate)) ?? null
  }

  function parentsOf(): Map<string, string> {
    const found = new Map<string, string>()
    for (const [path, { imports }] of parsed) {
      if (!path.endsWith('.rs')) continue
      for (const { specifier, alias } of imports) {
        const child = specifier.startsWith('mod ') ? moduleFile(path, specifier.slice(4), alias) : null
        if (child && child !== path && !found.has(child)) found.set(child, path)
      }
    }
    return found
  }

  return { resolve, rootOf }
}

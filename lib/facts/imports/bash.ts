import type { ImportFact } from '#lib/domain/facts.ts'
import type { RawImport } from '#lib/facts/parse/parsed-file.ts'
import { dirOf, joinPath } from './paths.ts'

/** Finds sourced files beside the script, at the root, or where one file alone ends with the path. */
export function bashResolver(paths: ReadonlySet<string>) {
  const byName = Map.groupBy(paths, (path) => path.slice(path.lastIndexOf('/') + 1))

  return function resolve(from: string, { specifier, names, range }: RawImport): ImportFact[] {
    const clean = specifier.replace(/^(?:\.\.?\/)+/, '')
    const near = [joinPath(dirOf(from), specifier), joinPath('', clean)].find(
      (path) => path !== null && paths.has(path),
    )
    const named = byName.get(clean.slice(clean.lastIndexOf('/') + 1)) ?? []
    const ending = named.filter((path) => path.endsWith(`/${clean}`))
    const to = near ?? (ending.length === 1 ? ending[0] : undefined) ?? null
    return [{ from, to, specifier: specifier.replace(/^\.\//, ''), names, range }]
  }
}

import type { ImportFact } from '#lib/domain/facts.ts'
import type { RawImport } from '#lib/facts/parse/parsed-file.ts'
import { dirOf, joinPath } from './paths.ts'

/** Finds what `require_relative` names beside the file, and what `require` names below a `lib` directory. */
export function rubyResolver(paths: ReadonlySet<string>) {
  const roots = loadPaths(paths)
  const known = (path: string | null) => {
    if (path === null) return null
    return [path, `${path}.rb`].find((one) => paths.has(one) && one.endsWith('.rb')) ?? null
  }

  return function resolve(from: string, { specifier, names, range }: RawImport): ImportFact[] {
    const isRelative = specifier.startsWith('./')
    const bases = isRelative ? [dirOf(from)] : roots
    const to = bases.map((base) => known(joinPath(base, specifier))).find((path) => path !== null) ?? null
    return [{ from, to, specifier: specifier.replace(/^\.\//, ''), names, range }]
  }
}

/** Directories named `lib`, where gems are loaded from, and those of the tests; the shortest first. */
function loadPaths(paths: ReadonlySet<string>): string[] {
  const found = new Set<string>()
  for (const path of paths) {
    const root = path.endsWith('.rb') ? /^(?:.*?\/)?(?:lib|test|spec|app)(?=\/)/.exec(path)?.[0] : undefined
    if (root) found.add(root)
  }
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
}

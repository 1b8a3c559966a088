import type { ImportFact } from '#lib/domain/facts.ts'
import type { PackageManifest } from '#lib/facts/interfaces/package-manifest.ts'
import type { RawImport } from '#lib/facts/parse/parsed-file.ts'
import { dirOf, joinPath } from './paths.ts'

type Resolve = (from: string, raw: RawImport) => ImportFact[]

/** Adds to `byNamespace` what Composer and plain `require` find by path. */
export function phpResolver(paths: ReadonlySet<string>, packages: PackageManifest[], byNamespace: Resolve): Resolve {
  const roots = packages.flatMap(({ namespaces }) => namespaces).sort((a, b) => b.prefix.length - a.prefix.length)
  const known = (path: string | null) => (path !== null && paths.has(path) ? path : null)

  function autoloaded(specifier: string): string | null {
    for (const { prefix, dir } of roots) {
      if (!specifier.startsWith(prefix)) continue
      const found = known(joinPath(dir, `${specifier.slice(prefix.length).replaceAll('\\', '/')}.php`))
      if (found) return found
    }
    return null
  }

  return (from, raw) => {
    const { specifier, names, range } = raw
    if (specifier.startsWith('./')) {
      const to = known(joinPath(dirOf(from), specifier)) ?? known(joinPath('', specifier))
      return [{ from, to, specifier: specifier.slice(2), names, range }]
    }
    const found = byNamespace(from, raw)
    const isFound = found.some(({ to }) => to !== null)
    return isFound ? found : [{ from, to: autoloaded(specifier), specifier, names, range }]
  }
}

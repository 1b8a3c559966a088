import type { ImportFact } from '#lib/domain/facts.ts'
import type { ParsedFile, RawImport } from '#lib/facts/parse/parsed-file.ts'
import { dirOf, joinPath } from './paths.ts'

const MAY_BE_INCLUDED = /\.(?:h|hh|hpp|hxx|inl|ipp|tpp|inc|def|c|cc|cpp|cxx)(?:\.in)?$/i

/**
 * Finds included files: beside the including file, then in the folders that build files name, then below the directories
 * that could be on the include path, which are those above a file whose path ends like the specifier. Of several the one
 * nearest to the including file wins.
 */
export function includeResolver(
  paths: ReadonlySet<string>,
  parsed: ReadonlyMap<string, ParsedFile>,
  folders: ReadonlySet<string> = new Set(),
) {
  const byName = Map.groupBy(
    [...paths].filter((path) => MAY_BE_INCLUDED.test(path)),
    (path) => path.slice(path.lastIndexOf('/') + 1),
  )
  const found = new Map<string, string | null>()

  const declared = new Map<string, Set<string>>()

  return function resolve(from: string, { specifier, names, range }: RawImport): ImportFact[] {
    const isSystem = specifier.startsWith('<')
    const path = specifier.replace(/^<|>$/g, '').replaceAll('\\', '/')
    const beside = isSystem ? null : joinPath(dirOf(from), path)
    if (beside !== null && paths.has(beside))
      return [{ from, to: beside, specifier, names: namesUsed(from, beside) ?? names, range }]
    const key = `${dirOf(from)}\n${specifier}`
    const known = found.get(key)
    // What the build makes is described by its template, `config.h.in`.
    const to = known !== undefined ? known : (below(path, from, isSystem) ?? below(`${path}.in`, from, isSystem))
    found.set(key, to)
    return [{ from, to, specifier, names: (to === null ? null : namesUsed(from, to)) ?? names, range }]
  }

  /** An include names nothing: what the including file uses of the other one is what it wants. Null when that is nothing. */
  function namesUsed(from: string, to: string): string[] | null {
    const known = declared.get(to) ?? new Set(parsed.get(to)?.symbols.flatMap((one) => (one.parent ? [] : [one.name])))
    declared.set(to, known)
    const used = (parsed.get(from)?.uses ?? []).filter((word) => known.has(word))
    return used.length > 0 ? used : null
  }

  function below(path: string, from: string, isSystem: boolean): string | null {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const clean = path.replace(/^(?:\.\.?\/)+/, '')
    const ending = (byName.get(name) ?? []).filter((one) => one === clean || one.endsWith(`/${clean}`))
    // `<string.h>` is the compiler's even when a file here has that name; a directory in it says whose it is.
    const usable =
      isSystem && !path.includes('/')
        ? ending.filter((one) => /(?:^|\/)include\/[^/]+$/.test(one) || folders.has(dirOf(one)))
        : ending
    const named = usable.filter((one) => folders.has(one.slice(0, Math.max(0, one.length - clean.length - 1))))
    const best = named.length > 0 ? named : usable
    return best.sort((a, b) => shared(b, from) - shared(a, from) || a.length - b.length || (a < b ? -1 : 1))[0] ?? null
  }
}

/** Number of leading directories two paths have in common. */
function shared(a: string, b: string): number {
  const [first, second] = [a.split('/'), b.split('/')]
  const end = first.findIndex((part, index) => part !== second[index])
  return end === -1 ? first.length : end
}

import type { ImportFact, SymbolFact } from '#lib/domain/facts.ts'
import type { Edge } from '#lib/facts/graph.ts'
import { byText } from '#lib/facts/order.ts'
import type { ParsedFile, RawImport } from '#lib/facts/parse/parsed-file.ts'
import { dirOf } from './paths.ts'

interface GoPackage {
  name: string
  files: string[]
  /** File that declares each top-level name. */
  declares: Map<string, string>
}

/** Resolves Go imports to the files that declare what is used of a package, and finds uses inside a package. */
export function goResolver(
  paths: Iterable<string>,
  parsed: Map<string, ParsedFile>,
  modules: { path: string; dir: string }[],
) {
  const packages = packagesOf(parsed)
  const firstFiles = firstGoFiles(paths)

  /** One fact per file whose names are used; a blank or dot import leads to the package's first file. */
  function resolve(from: string, raw: RawImport): ImportFact[] {
    const { specifier, range } = raw
    const dir = directoryOf(specifier)
    const found = dir === null ? undefined : packages.get(dir)
    // Generated packages are not parsed, but they are there.
    if (!found) return [{ from, to: dir === null ? null : (firstFiles.get(dir) ?? null), specifier, names: [], range }]
    const alias = raw.alias ?? found.name
    const used = parsed.get(from)?.selected.find(([name]) => name === alias)?.[1] ?? []
    const byFile = Map.groupBy(
      used.filter((name) => found.declares.has(name)),
      (name) => found.declares.get(name) ?? '',
    )
    if (byFile.size === 0) return [{ from, to: found.files[0] ?? null, specifier, names: [], range }]
    return [...byFile].sort(([a], [b]) => byText(a, b)).map(([to, names]) => ({ from, to, specifier, names, range }))
  }

  /** Files of one package use each other's names without importing anything. */
  function references(): Edge[] {
    return [...packages.values()].flatMap(({ files, declares }) =>
      files.flatMap((from) =>
        (parsed.get(from)?.uses ?? []).flatMap((name) => {
          const to = declares.get(name)
          return to !== undefined && to !== from ? [{ from, to }] : []
        }),
      ),
    )
  }

  function directoryOf(specifier: string): string | null {
    for (const { path, dir } of modules) {
      if (specifier === path) return dir
      if (specifier.startsWith(`${path}/`)) return [dir, specifier.slice(path.length + 1)].filter(Boolean).join('/')
    }
    return null
  }

  return { resolve, references }
}

function firstGoFiles(paths: Iterable<string>): Map<string, string> {
  const first = new Map<string, string>()
  for (const path of paths)
    if (path.endsWith('.go') && !path.endsWith('_test.go') && !first.has(dirOf(path))) first.set(dirOf(path), path)
  return first
}

function packagesOf(parsed: Map<string, ParsedFile>): Map<string, GoPackage> {
  const packages = new Map<string, GoPackage>()
  for (const [path, { packageName, symbols }] of parsed) {
    if (packageName === null || !path.endsWith('.go') || path.endsWith('_test.go')) continue
    const dir = dirOf(path)
    const found = packages.get(dir) ?? { name: packageName, files: [], declares: new Map<string, string>() }
    found.files.push(path)
    for (const symbol of symbols)
      if (isTopLevel(symbol) && !found.declares.has(symbol.name)) found.declares.set(symbol.name, path)
    packages.set(dir, found)
  }
  return packages
}

function isTopLevel({ qualified, name }: SymbolFact): boolean {
  return qualified === name
}

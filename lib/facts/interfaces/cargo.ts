import type { DependencyFact, EntryPointFact } from '#lib/domain/facts.ts'
import { joinPath } from '#lib/facts/imports/paths.ts'
import { byText } from '#lib/facts/order.ts'
import {
  parseToml,
  type TomlTable,
  tomlAt,
  tomlEntries,
  tomlItemLine,
  tomlLine,
  tomlText,
} from '#lib/facts/toml-lines.ts'
import { type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'

/** Reads a Cargo.toml: its package with library and binaries, or the workspace. */
export function cargoManifest(manifest: ManifestText): PackageManifest | null {
  const { path, text } = manifest
  const toml = parseToml(text)
  if (!toml) return null
  const at = (key: string) => tomlText(toml, 'package', key) ?? tomlText(toml, 'workspace', 'package', key)
  const name = tomlText(toml, 'package', 'name')
  const library = name === null ? null : libraryOf(manifest, toml)
  const fact = {
    kind: 'cargo' as const,
    name,
    version: at('version'),
    description: at('description')?.replace(/\s+/g, ' ').trim() ?? null,
    license: at('license'),
  }
  const line = tomlLine(text, 'package', 'description')
  return packageManifest(path, fact, {
    descriptionAt: fact.description && line ? oneLineRange(path, line) : null,
    dependencies: dependenciesOf(manifest, toml),
    entryPoints: name === null ? [] : entryPointsOf(manifest, { toml, name, library }),
    crate:
      library && name !== null
        ? { name: (tomlText(toml, 'lib', 'name') ?? name).replaceAll('-', '_'), root: library }
        : null,
  })
}

function libraryOf({ dir, paths }: ManifestText, toml: TomlTable): string | null {
  const path = joinPath(dir, tomlText(toml, 'lib', 'path') ?? 'src/lib.rs')
  return path !== null && paths.has(path) ? path : null
}

interface Package {
  toml: TomlTable
  name: string
  library: string | null
}

function entryPointsOf(manifest: ManifestText, { toml, name, library }: Package): EntryPointFact[] {
  const { path, dir, text, paths } = manifest
  const nameLine = tomlLine(text, 'package', 'name') ?? 1
  const named = (tomlAt(toml, 'bin') as TomlTable[] | undefined) ?? []
  const listed = (Array.isArray(named) ? named : []).flatMap((bin) => {
    const own = tomlText(bin, 'name') ?? name
    const file = joinPath(dir, tomlText(bin, 'path') ?? `src/bin/${own}.rs`)
    const found = [file, joinPath(dir, 'src/main.rs')].find((one) => one !== null && paths.has(one)) ?? null
    return [{ name: own, path: found, line: tomlItemLine(text, own, tomlLine(text, 'bin', 'name') ?? 1) }]
  })
  const main = joinPath(dir, 'src/main.rs')
  const isMainListed = listed.some((bin) => bin.path === main)
  const implied = main !== null && paths.has(main) && !isMainListed ? [{ name, path: main, line: nameLine }] : []
  const known = new Set([...implied, ...listed].map((bin) => bin.path))
  const found = tomlAt(toml, 'package', 'autobins') === false ? [] : binariesBelow(manifest)
  const further = found.filter((bin) => !known.has(bin.path)).map((bin) => ({ ...bin, line: nameLine }))
  const binaries = [...implied, ...listed, ...further].map((bin) => ({
    kind: 'binary' as const,
    name: bin.name,
    path: bin.path,
    range: oneLineRange(path, bin.line),
  }))
  const isPublished = tomlAt(toml, 'package', 'publish') !== false
  if (library === null || !isPublished) return binaries
  return [{ kind: 'export', name, path: library, range: oneLineRange(path, nameLine) }, ...binaries]
}

/** Cargo finds programs by itself: `src/bin/x.rs`, `src/bin/x/main.rs`. */
function binariesBelow({ dir, paths }: ManifestText): { name: string; path: string }[] {
  const start = joinPath(dir, 'src/bin') ?? ''
  return [...paths]
    .filter((path) => path.startsWith(`${start}/`) && path.endsWith('.rs'))
    .flatMap((path) => {
      const name = /^([^/]+)(?:\/main)?\.rs$/.exec(path.slice(start.length + 1))?.[1]
      return name ? [{ name, path }] : []
    })
    .sort((a, b) => byText(a.path, b.path))
}

const TABLES: [string, DependencyFact['kind']][] = [
  ['dependencies', 'runtime'],
  ['dev-dependencies', 'development'],
  ['build-dependencies', 'build'],
]

/** `old = { package = "way" }` depends on `way`. */
function renamed(entry: TomlTable | null, name: string): string {
  return tomlText(entry, 'package') ?? name
}

function dependenciesOf({ path, text }: ManifestText, toml: TomlTable): DependencyFact[] {
  const targets = tomlEntries(toml, 'target').map(([name]) => ['target', name])
  return [[], ['workspace'], ...targets].flatMap((prefix) =>
    TABLES.flatMap(([table, kind]) =>
      tomlEntries(toml, ...prefix, table).flatMap(([name, value]) => {
        const entry = typeof value === 'object' && value !== null ? (value as TomlTable) : null
        // A crate of the same workspace is no dependency on somebody else.
        if (tomlText(entry, 'path') !== null && prefix[0] !== 'workspace' && tomlText(entry, 'version') === null)
          return []
        const range = typeof value === 'string' ? value : (tomlText(entry, 'version') ?? '*')
        const own = tomlAt(entry, 'optional') === true ? ('optional' as const) : kind
        const header = [...prefix, table].join('.').replaceAll(/["'\s]/g, '')
        const line = tomlLine(text, header, name) ?? tomlLine(text, `${header}.${name}`, null) ?? 1
        return [{ name: renamed(entry, name), range, kind: own, source: oneLineRange(path, line) }]
      }),
    ),
  )
}

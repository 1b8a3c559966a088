import type { ManifestFact, SourceRange } from '#lib/domain/facts.ts'
import { dirOf, joinPath } from './imports/paths.ts'
import { type NpmManager, npmManagerOf } from './interfaces/npm-manager.ts'
import type { PackageManifest } from './interfaces/package-manifest.ts'
import { packageManifests } from './interfaces/package-manifests.ts'
import { type JsonNode, jsonAt, jsonText, parseJsonLines } from './json-lines.ts'
import { byText } from './order.ts'
import { parseToml, type TomlTable, tomlLine, tomlText } from './toml-lines.ts'

/** A `package.json` of the repository, parsed once for everybody. */
export interface NpmManifest {
  path: string
  /** Directory it stands in; empty for the root. */
  dir: string
  json: JsonNode
  /** What its scripts are run with. */
  manager: NpmManager
}

/** A `pyproject.toml`. */
export interface PythonManifest {
  path: string
  dir: string
  text: string
  toml: TomlTable
}

/** Texts of configuration files by path, as kept by the reader. */
export type ConfigTexts = Map<string, string>

export interface Manifests {
  npm: NpmManifest[]
  python: PythonManifest[]
  /** Import path and directory of each Go module, the longest path first. */
  goModules: { path: string; dir: string }[]
  /** Packages of all other kinds: Cargo, Maven, Gradle, NuGet, gems, Composer, CMake. */
  packages: PackageManifest[]
  facts: ManifestFact[]
  /** What manifests say the project is, with where. */
  descriptions: { text: string; range: SourceRange }[]
}

/**
 * Reads every manifest kept; one that does not parse is left out. Those of tests and examples help to resolve imports,
 * but only the project's own ones speak for it.
 */
export function manifestsOf(
  texts: ConfigTexts,
  isOwn: (path: string) => boolean,
  paths: ReadonlySet<string> = new Set(),
): Manifests {
  const sorted = [...texts].sort(([a], [b]) => byText(a, b))
  const named = (name: string) => sorted.filter(([path]) => path === name || path.endsWith(`/${name}`))
  const npm = npmManifests(named('package.json'), paths)
  const python = named('pyproject.toml').flatMap(([path, text]) => {
    const toml = parseToml(text)
    return toml ? [{ path, dir: dirOf(path), text, toml }] : []
  })
  const go = named('go.mod').flatMap(([path, text]) => {
    const name = /^module\s+"?([^\s"]+)/m.exec(text)?.[1]
    return name ? [{ path, dir: dirOf(path), name }] : []
  })
  const packages = withoutOlder(packageManifests(sorted, paths), python)
  const descriptions = [
    ...npm.flatMap(npmDescription),
    ...python.flatMap(pythonDescription),
    ...packages.flatMap(packageDescription),
  ].filter(({ range }) => isOwn(range.path))
  return {
    npm,
    python,
    packages,
    goModules: [...go.map(({ name, dir }) => ({ path: name, dir })), ...named('go.mod').flatMap(goReplacements)].sort(
      (a, b) => b.path.length - a.path.length,
    ),
    facts: [
      ...npm.map(npmFact),
      ...python.map(pythonFact),
      ...go.map(({ path, name }) => ({ ...NOTHING, path, kind: 'go' as const, name })),
      ...packages.map(({ fact }) => fact),
    ]
      .filter(({ path }) => isOwn(path))
      .map((fact) => withPlace(fact, descriptions))
      .sort((a, b) => byText(a.path, b.path)),
    descriptions,
  }
}

/** A package of Python speaks through one of its files: `pyproject.toml`, `setup.cfg`, `setup.py`. */
function withoutOlder(packages: PackageManifest[], python: PythonManifest[]): PackageManifest[] {
  const said = new Set(python.filter((one) => pythonFact(one).name !== null).map(({ dir }) => dir))
  return packages.filter(({ fact: { kind, path } }) => {
    if (kind !== 'pypi') return true
    const isSaid = said.has(dirOf(path))
    said.add(dirOf(path))
    return !isSaid
  })
}

function npmManifests(texts: [path: string, text: string][], paths: ReadonlySet<string>): NpmManifest[] {
  const jsons = new Map(
    texts.flatMap(([path, text]) => {
      const json = parseJsonLines(text)
      return json ? [[path, json] as const] : []
    }),
  )
  return [...jsons].map(([path, json]) => ({ path, dir: dirOf(path), json, manager: npmManagerOf(path, jsons, paths) }))
}

/** Modules that a `replace` line looks for in a folder of the repository. */
function goReplacements([path, text]: [string, string]): Manifests['goModules'] {
  const lines = text.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.\.?\/\S*|\.)\s*(?:\/\/.*)?$/gm)
  return Array.from(lines).flatMap(([, name = '', target = '']) => {
    const dir = joinPath(dirOf(path), target)
    return dir === null ? [] : [{ path: name, dir }]
  })
}

function withPlace(fact: ManifestFact, descriptions: Manifests['descriptions']): ManifestFact {
  const described = descriptions.find(({ range }) => range.path === fact.path)
  return described ? { ...fact, descriptionAt: described.range } : fact
}

function packageDescription({ fact, descriptionAt }: PackageManifest): Manifests['descriptions'] {
  return fact.description && descriptionAt ? [{ text: fact.description, range: descriptionAt }] : []
}

const NOTHING = { name: null, version: null, description: null, license: null }

function npmFact({ path, json }: NpmManifest): ManifestFact {
  return {
    path,
    kind: 'npm',
    name: jsonText(json, 'name'),
    version: jsonText(json, 'version'),
    description: jsonText(json, 'description'),
    license: jsonText(json, 'license') ?? jsonText(json, 'license', 'type'),
  }
}

function npmDescription({ path, json }: NpmManifest): Manifests['descriptions'] {
  const text = jsonText(json, 'description')
  const node = jsonAt(json, 'description')
  return text && node ? [{ text, range: { path, start: node.start, end: node.end } }] : []
}

/** Table that holds the project's own data: PEP 621, else Poetry's. */
export function projectTable({ toml }: PythonManifest): string[] {
  return tomlText(toml, 'project', 'name') === null ? ['tool', 'poetry'] : ['project']
}

function pythonFact(manifest: PythonManifest): ManifestFact {
  const { path, toml } = manifest
  const at = (...keys: string[]) => tomlText(toml, ...projectTable(manifest), ...keys)
  return {
    path,
    kind: 'pypi',
    name: at('name'),
    version: at('version'),
    description: at('description'),
    license: at('license') ?? at('license', 'text'),
  }
}

function pythonDescription(manifest: PythonManifest): Manifests['descriptions'] {
  const { path, text, toml } = manifest
  const table = projectTable(manifest)
  const description = tomlText(toml, ...table, 'description')
  const line = tomlLine(text, table.join('.'), 'description')
  return description && line ? [{ text: description, range: { path, start: line, end: line } }] : []
}

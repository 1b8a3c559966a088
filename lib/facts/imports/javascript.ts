import { type JsonNode, jsonAt, jsonEntries, jsonText } from '#lib/facts/json-lines.ts'
import type { ConfigTexts, NpmManifest } from '#lib/facts/manifests.ts'
import { dirOf, joinPath } from './paths.ts'
import { starOf } from './star.ts'
import { pathAliases } from './tsconfig-paths.ts'

/** Finds the file a specifier leads to; null for a package or something that does not exist. */
type Resolve = (specifier: string, from: string) => string | null

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte']
const INDEX = ENDINGS.slice(1, 10).map((ending) => `/index${ending}`)
const INDEX_OF_ROOT = INDEX.map((ending) => ending.slice(1))
const BUILD_DIRS = /^(?:dist|build|lib|out|esm|cjs|es)(?:\/(?:esm|cjs|es|src|types|modern|legacy))?\//
/** What TypeScript looks for where code says `.js`. */
const SOURCES_OF: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.jsx'],
  '.jsx': ['.tsx', '.d.ts'],
  '.mjs': ['.mts', '.d.mts', '.ts'],
  '.cjs': ['.cts', '.d.cts', '.ts'],
}

/** Resolution as bundlers and Node do it, on paths alone: relative, `imports`, workspace packages, tsconfig `paths`. */
export function javascriptResolver(paths: ReadonlySet<string>, manifests: NpmManifest[], texts: ConfigTexts) {
  const byDir = new Map(manifests.map((manifest) => [manifest.dir, manifest]))
  // Fixtures repeat the names of packages: the one nearest to the root is the package itself.
  const deepestFirst = manifests.toSorted((a, b) => b.dir.split('/').length - a.dir.split('/').length)
  const byName = new Map(deepestFirst.flatMap((manifest) => namesOf(manifest)))
  const aliased = pathAliases(texts, (name) => byName.get(name)?.dir ?? null)

  const resolve: Resolve = (specifier, from) => {
    const clean = specifier.replace(/[?#].*$/, (tail) => (specifier.startsWith('#') ? tail : ''))
    if (clean.startsWith('.')) return relative(joinPath(dirOf(from), clean))
    if (clean.startsWith('/')) return fromRoot(clean, manifestAbove(from)?.dir ?? '')
    if (clean.startsWith('#')) return viaImports(clean, from) ?? viaAlias(clean, from)
    return viaAlias(clean, from) ?? viaPackage(clean) ?? viaSourceSign(clean, from)
  }

  /** What a page asks the server for: a source file, or one of the folder that is served as it is. */
  function fromRoot(path: string, dir: string): string | null {
    return findFile(joinPath(dir, path)) ?? findFile(joinPath(dir, `public${path}`))
  }

  /** A build product that is not in the repository stands for its source. */
  function relative(path: string | null): string | null {
    const found = findFile(path)
    if (found || path === null) return found
    const dir = manifestAbove(path)?.dir ?? ''
    return BUILD_DIRS.test(below(dir, path)) ? leadsTo(below(dir, path), dir) : null
  }

  const found = new Map<string, string | null>()

  function findFile(path: string | null): string | null {
    if (path === null) return null
    const known = found.get(path)
    if (known !== undefined) return known
    const file = searchFile(path)
    found.set(path, file)
    return file
  }

  function searchFile(path: string): string | null {
    const written = /\.[cm]?jsx?$/.exec(path)?.[0] ?? ''
    const stem = path.slice(0, path.length - written.length)
    return (
      firstOf(path, ENDINGS) ??
      firstOf(stem, SOURCES_OF[written] ?? []) ??
      mainOf(path) ??
      firstOf(path, path === '' ? INDEX_OF_ROOT : INDEX)
    )
  }

  function firstOf(stem: string, endings: string[]): string | null {
    for (const ending of endings) if (paths.has(stem + ending)) return stem + ending
    return null
  }

  /** A directory is entered by its package.json. */
  function mainOf(dir: string): string | null {
    const main = jsonText(byDir.get(dir)?.json, 'main')?.replace(/^\.\/?/, '')
    return main ? leadsTo(main, dir) : null
  }

  /** The source file behind a path in package.json, also when it names a build product that is not in the repository. */
  function leadsTo(target: string, dir: string): string | null {
    const direct = findFile(joinPath(dir, target))
    if (direct) return direct
    const inside = target.replace(/^\.\//, '')
    const stem = inside.replace(BUILD_DIRS, '').replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '')
    const source = findFile(joinPath(dir, `src/${stem}`)) ?? findFile(joinPath(dir, `src/lib/${stem}`))
    // Some packages are built into a copy of their own folder.
    return source ?? (BUILD_DIRS.test(inside) ? findFile(joinPath(dir, stem)) : null)
  }

  function viaImports(specifier: string, from: string): string | null {
    const manifest = manifestAbove(from)
    const target = manifest ? matchPattern(jsonEntries(manifest.json, 'imports'), specifier) : null
    return target && manifest ? leadsTo(target, manifest.dir) : null
  }

  function viaAlias(specifier: string, from: string): string | null {
    for (const candidate of aliased(specifier, dirOf(from))) {
      const found = findFile(candidate)
      if (found) return found
    }
    return null
  }

  /** `@/…` and `~/…` mean the source folder by a habit of bundlers whose configuration is code. */
  function viaSourceSign(specifier: string, from: string): string | null {
    const inner = /^[@~]\/(.+)$/.exec(specifier)?.[1]
    const dir = inner ? manifestAbove(from)?.dir : undefined
    return dir === undefined ? null : (findFile(joinPath(dir, `src/${inner}`)) ?? findFile(joinPath(dir, `${inner}`)))
  }

  function viaPackage(specifier: string): string | null {
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
    const manifest = byName.get(name)
    if (!manifest) return null
    const { json, dir } = manifest
    const inner = `.${specifier.slice(name.length)}`
    const exported = jsonAt(json, 'exports')
    const viaExports = exported ? exportTarget(exported, inner) : null
    const found = viaExports ? leadsTo(viaExports, dir) : null
    if (found || inner !== '.') return found ?? leadsTo(inner, dir)
    const mains = ['main', 'module', 'types'].flatMap((field) => jsonText(json, field) ?? [])
    for (const target of [...mains, 'index', 'src/index']) {
      const file = leadsTo(target, dir)
      if (file) return file
    }
    return null
  }

  function manifestAbove(from: string): NpmManifest | null {
    for (let dir = dirOf(from); ; dir = dirOf(dir)) {
      const manifest = byDir.get(dir)
      if (manifest || dir === '') return manifest ?? null
    }
  }

  return { resolve, leadsTo }
}

function namesOf(manifest: NpmManifest): [string, NpmManifest][] {
  const name = jsonText(manifest.json, 'name')
  return name ? [[name, manifest]] : []
}

function below(dir: string, path: string): string {
  return dir === '' ? path : path.slice(dir.length + 1)
}

function exportTarget(exported: JsonNode, inner: string): string | null {
  const entries = exported.value instanceof Map ? [...exported.value] : []
  if (entries.some(([key]) => key.startsWith('.'))) return matchPattern(entries, inner)
  return inner === '.' ? targetOf(exported) : null
}

/** An entry without `*` comes first, then the one with the longest text in front of it. */
function matchPattern(entries: [string, JsonNode][], specifier: string): string | null {
  const length = (pattern: string) => (pattern.includes('*') ? pattern.indexOf('*') : Number.MAX_SAFE_INTEGER)
  for (const [pattern, node] of entries.toSorted(([a], [b]) => length(b) - length(a))) {
    const star = starOf(pattern, specifier)
    const target = star === null ? null : targetOf(node)
    if (target && star !== null) return target.replaceAll('*', star)
  }
  return null
}

function targetOf(node: JsonNode): string | null {
  if (typeof node.value === 'string') return node.value
  const inner = node.value instanceof Map ? [...node.value.values()] : Array.isArray(node.value) ? node.value : []
  for (const child of inner) {
    const target = targetOf(child)
    if (target) return target
  }
  return null
}

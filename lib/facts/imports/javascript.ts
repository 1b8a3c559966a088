import { type JsonNode, jsonAt, jsonEntries, jsonText, parseJsonLines } from '#lib/facts/json-lines.ts'
import type { ConfigTexts, NpmManifest } from '#lib/facts/manifests.ts'
import { dirOf, joinPath } from './paths.ts'

/** Finds the file a specifier leads to; null for a package or something that does not exist. */
type Resolve = (specifier: string, from: string) => string | null

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte']
const INDEX = ENDINGS.slice(1, 10).map((ending) => `/index${ending}`)
const BUILD_DIRS = /^(?:dist|build|lib|out|esm|cjs|es)(?:\/(?:esm|cjs|es|src|types))?\//

/** Resolution as bundlers and Node do it, on paths alone: relative, `imports`, workspace packages, tsconfig `paths`. */
export function javascriptResolver(paths: ReadonlySet<string>, manifests: NpmManifest[], texts: ConfigTexts) {
  const byName = new Map(manifests.flatMap((manifest) => namesOf(manifest)))
  const aliases = pathAliases(texts)

  const resolve: Resolve = (specifier, from) => {
    const clean = specifier.replace(/[?#].*$/, (tail) => (specifier.startsWith('#') ? tail : ''))
    if (clean.startsWith('.')) return findFile(joinPath(dirOf(from), clean))
    if (clean.startsWith('#')) return viaImports(clean, from) ?? viaAlias(clean, from)
    return viaAlias(clean, from) ?? viaPackage(clean)
  }

  function findFile(path: string | null): string | null {
    if (path === null) return null
    for (const ending of [...ENDINGS, ...INDEX]) if (paths.has(path + ending)) return path + ending
    const source = path.replace(/\.(c|m)?js(x?)$/, (_, kind = '', x = '') => `.${kind}ts${x}`)
    if (source !== path && paths.has(source)) return source
    const jsx = path.replace(/\.js$/, '.tsx')
    if (jsx !== path && paths.has(jsx)) return jsx
    return mainOf(path)
  }

  /** A directory is entered by its package.json, the root by its index file. */
  function mainOf(dir: string): string | null {
    const json = manifests.find((manifest) => manifest.dir === dir)?.json
    const main = jsonText(json, 'main')?.replace(/^\.\/?/, '')
    if (main) return leadsTo(main, dir)
    return dir === '' && paths.has('index.js') ? 'index.js' : null
  }

  /** The source file behind a path in package.json, also when it names a build product that is not in the repository. */
  function leadsTo(target: string, dir: string): string | null {
    const direct = findFile(joinPath(dir, target))
    if (direct) return direct
    const inside = target.replace(/^\.\//, '')
    if (!BUILD_DIRS.test(inside)) return null
    const stem = inside.replace(BUILD_DIRS, '').replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '')
    return findFile(joinPath(dir, `src/${stem}`)) ?? findFile(joinPath(dir, stem))
  }

  function viaImports(specifier: string, from: string): string | null {
    const manifest = manifestAbove(from, manifests)
    const target = manifest ? matchPattern(jsonEntries(manifest.json, 'imports'), specifier) : null
    return target && manifest ? leadsTo(target, manifest.dir) : null
  }

  function viaAlias(specifier: string, from: string): string | null {
    const near = aliases.filter(({ dir }) => dir === '' || from.startsWith(`${dir}/`))
    const candidates = near.flatMap(({ base, patterns }) => aliasTargets(patterns, base, specifier))
    for (const candidate of candidates) {
      const found = findFile(candidate)
      if (found) return found
    }
    return null
  }

  function viaPackage(specifier: string): string | null {
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
    const manifest = byName.get(name)
    if (!manifest) return null
    const { json, dir } = manifest
    const inner = `.${specifier.slice(name.length)}`
    const exported = jsonAt(json, 'exports')
    const viaExports = exported ? exportTarget(exported, inner) : null
    if (viaExports) return leadsTo(viaExports, dir)
    if (inner !== '.') return findFile(joinPath(dir, inner))
    const main = jsonText(json, 'main') ?? jsonText(json, 'module')
    return (
      (main ? leadsTo(main, dir) : null) ?? findFile(joinPath(dir, 'index')) ?? findFile(joinPath(dir, 'src/index'))
    )
  }

  return { resolve, leadsTo }
}

function namesOf(manifest: NpmManifest): [string, NpmManifest][] {
  const name = jsonText(manifest.json, 'name')
  return name ? [[name, manifest]] : []
}

function manifestAbove(from: string, manifests: NpmManifest[]): NpmManifest | null {
  const above = manifests.filter(({ dir }) => dir === '' || from.startsWith(`${dir}/`))
  return above.sort((a, b) => b.dir.length - a.dir.length)[0] ?? null
}

function exportTarget(exported: JsonNode, inner: string): string | null {
  const entries = exported.value instanceof Map ? [...exported.value] : []
  if (entries.some(([key]) => key.startsWith('.'))) return matchPattern(entries, inner)
  return inner === '.' ? targetOf(exported) : null
}

function matchPattern(entries: [string, JsonNode][], specifier: string): string | null {
  for (const [pattern, node] of entries) {
    const star = starOf(pattern, specifier)
    const target = star === null ? null : targetOf(node)
    if (target && star !== null) return target.replaceAll('*', star)
  }
  return null
}

/** What `*` of a pattern stands for in a specifier; empty for an exact match, null when they differ. */
function starOf(pattern: string, specifier: string): string | null {
  const at = pattern.indexOf('*')
  if (at === -1) return pattern === specifier ? '' : null
  const [head, tail] = [pattern.slice(0, at), pattern.slice(at + 1)]
  const isMatch =
    specifier.startsWith(head) && specifier.endsWith(tail) && specifier.length >= head.length + tail.length
  return isMatch ? specifier.slice(head.length, specifier.length - tail.length) : null
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

function aliasTargets(patterns: Aliases['patterns'], base: string, specifier: string): (string | null)[] {
  return patterns.flatMap(([pattern, targets]) => {
    const star = starOf(pattern, specifier)
    return star === null ? [] : targets.map((target) => joinPath(base, target.replaceAll('*', star)))
  })
}

interface Aliases {
  dir: string
  base: string
  patterns: [string, string[]][]
}

/** `compilerOptions.paths` and `baseUrl` of every tsconfig and jsconfig; the deepest directory first. */
function pathAliases(texts: ConfigTexts): Aliases[] {
  const found: Aliases[] = []
  for (const [path, text] of texts) {
    if (!/(?:^|\/)[jt]sconfig(?:\.[\w-]+)?\.json$/.test(path)) continue
    const options = jsonAt(parseJsonLines(text), 'compilerOptions')
    const baseUrl = jsonText(options, 'baseUrl')
    const patterns = jsonEntries(options, 'paths').map(([pattern, node]): [string, string[]] => [
      pattern,
      Array.isArray(node.value) ? node.value.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])) : [],
    ])
    if (baseUrl !== null) patterns.push(['*', ['*']])
    const dir = dirOf(path)
    if (patterns.length) found.push({ dir, base: joinPath(dir, baseUrl ?? '.') ?? '', patterns })
  }
  return found.sort((a, b) => b.dir.length - a.dir.length)
}

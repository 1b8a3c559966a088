import { type JsonNode, jsonAt, jsonEntries, jsonText, parseJsonLines } from '#lib/facts/json-lines.ts'
import type { ConfigTexts } from '#lib/facts/manifests.ts'
import { dirOf, joinPath } from './paths.ts'
import { starOf } from './star.ts'

const CONFIG = /(?:^|\/)[jt]sconfig[^/]*\.json$/
/** The folder of the configuration that is extended from, written for those that extend it. */
const CONFIG_DIR = /\$\{configDir\}/
/** A chain of `extends` that is longer goes round in circles. */
const MAX_EXTENDS = 10

interface Aliases {
  dir: string
  /** Pattern, and where it leads: paths from the root of the repository. */
  patterns: [pattern: string, targets: string[]][]
}

/**
 * `compilerOptions.paths` and `baseUrl` of every tsconfig and jsconfig, with what they take over by `extends`. Gives the
 * paths a specifier may stand for in a file below `dir`, nearest configuration first. `packageDir` finds the folder of a
 * workspace package that is extended by name.
 */
export function pathAliases(texts: ConfigTexts, packageDir: (name: string) => string | null) {
  const configs = new Map<string, JsonNode>()
  for (const [path, text] of texts) {
    const json = CONFIG.test(path) ? parseJsonLines(text) : null
    if (json) configs.set(path, json)
  }
  const byDir = Map.groupBy(
    [...configs.keys()].flatMap((path): Aliases[] => {
      const patterns = patternsOf(path, 0)
      return patterns.length > 0 ? [{ dir: dirOf(path), patterns }] : []
    }),
    ({ dir }) => dir,
  )
  const above = new Map<string, Aliases[]>()

  function patternsOf(path: string, depth: number): Aliases['patterns'] {
    const json = configs.get(path)
    if (!json || depth > MAX_EXTENDS) return []
    const dir = dirOf(path)
    const options = jsonAt(json, 'compilerOptions')
    const baseUrl = jsonText(options, 'baseUrl')
    const base = joinPath(dir, (baseUrl ?? '.').replace(CONFIG_DIR, '.')) ?? ''
    const own = jsonEntries(options, 'paths').map(([pattern, node]): Aliases['patterns'][number] => [
      pattern,
      textsOf(node).flatMap((target) => joinPath(base, target.replace(CONFIG_DIR, '.')) ?? []),
    ])
    if (baseUrl !== null) own.push(['*', [base === '' ? '*' : `${base}/*`]])
    if (own.some(([pattern]) => pattern !== '*')) return own
    const inherited = extendsOf(json).flatMap((name) => patternsOf(extended(name, dir), depth + 1))
    return [...own, ...inherited]
  }

  function extended(name: string, dir: string): string {
    const [first = '', second = ''] = name.split('/')
    const packageName = first.startsWith('@') ? `${first}/${second}` : first
    const home = name.startsWith('.') ? null : packageDir(packageName)
    const path = home === null ? joinPath(dir, name) : joinPath(home, name.slice(packageName.length + 1))
    return [path, `${path}.json`, `${path}/tsconfig.json`].find((one) => one !== null && configs.has(one)) ?? ''
  }

  function aliasesAbove(dir: string): Aliases[] {
    const known = above.get(dir)
    if (known) return known
    const found = [...(byDir.get(dir) ?? []), ...(dir === '' ? [] : aliasesAbove(dirOf(dir)))]
    above.set(dir, found)
    return found
  }

  return (specifier: string, dir: string): string[] =>
    aliasesAbove(dir).flatMap(({ patterns }) =>
      patterns.flatMap(([pattern, targets]) => {
        const star = starOf(pattern, specifier)
        return star === null ? [] : targets.map((target) => target.replaceAll('*', star))
      }),
    )
}

function extendsOf(json: JsonNode): string[] {
  const node = jsonAt(json, 'extends')
  return node ? textsOf(node) : []
}

function textsOf({ value }: JsonNode): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.flatMap((item) => (typeof item.value === 'string' ? [item.value] : [])) : []
}

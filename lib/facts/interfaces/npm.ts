import type { DependencyFact, EntryPointFact, SourceRange } from '#lib/domain/facts.ts'
import { type JsonNode, jsonAt, jsonEntries, jsonText } from '#lib/facts/json-lines.ts'
import type { NpmManifest } from '#lib/facts/manifests.ts'
import type { RawScript } from '#lib/facts/parse/parsed-file.ts'
import { npmInvocation } from './npm-manager.ts'

/** `scripts` of a package.json. */
export function npmScripts({ path, dir, json, manager }: NpmManifest): RawScript[] {
  return jsonEntries(json, 'scripts').flatMap(([name, node]) => {
    if (typeof node.value !== 'string') return []
    return [
      {
        name,
        command: node.value,
        runner: 'npm',
        invocation: npmInvocation(manager, dir, name),
        range: rangeOf(path, node),
      },
    ]
  })
}

const DEPENDENCY_KINDS = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
] as const

export function npmDependencies({ path, json }: NpmManifest): DependencyFact[] {
  return DEPENDENCY_KINDS.flatMap(([field, kind]) =>
    jsonEntries(json, field).flatMap(([name, node]) =>
      typeof node.value === 'string' ? [{ name, range: node.value, kind, source: rangeOf(path, node) }] : [],
    ),
  )
}

/** `bin`, `main` and `exports`. `leadsTo` finds the source file behind a published path. */
export function npmEntryPoints(
  manifest: NpmManifest,
  leadsTo: (target: string, dir: string) => string | null,
): EntryPointFact[] {
  const { path, dir, json } = manifest
  const entry = (kind: EntryPointFact['kind'], name: string, node: JsonNode): EntryPointFact[] => {
    const target = firstTarget(node)
    return target === null ? [] : [{ kind, name, path: leadsTo(target, dir), range: rangeOf(path, node) }]
  }
  const packageName = jsonText(json, 'name') ?? (dir || 'main')
  const bin = jsonAt(json, 'bin')
  const binaries =
    typeof bin?.value === 'string'
      ? entry('binary', packageName.replace(/^@[^/]+\//, ''), bin)
      : jsonEntries(json, 'bin').flatMap(([name, node]) => entry('binary', name, node))
  const main = jsonAt(json, 'main') ?? jsonAt(json, 'module')
  const exported = jsonAt(json, 'exports')
  const paths = jsonEntries(json, 'exports').filter(([key]) => key.startsWith('.') && !key.includes('*'))
  const exportPoints = paths.length
    ? paths.flatMap(([key, node]) =>
        entry('export', key === '.' ? packageName : `${packageName}/${key.slice(2)}`, node),
      )
    : exported
      ? entry('export', packageName, exported)
      : []
  const mains = main ? entry('main', packageName, main) : exported ? [] : defaultMain(manifest, packageName, leadsTo)
  return [...binaries, ...mains, ...exportPoints]
}

/** Without `main` and `exports` a package that can be published is entered by its index file. */
function defaultMain(
  { path, dir, json }: NpmManifest,
  name: string,
  leadsTo: (target: string, dir: string) => string | null,
): EntryPointFact[] {
  const named = jsonAt(json, 'name')
  const file = leadsTo('index.js', dir)
  const isPublished = named !== undefined && jsonAt(json, 'private')?.value !== true
  return isPublished && file ? [{ kind: 'main', name, path: file, range: rangeOf(path, named) }] : []
}

/** First file an `exports` entry leads to, conditions followed in the order they are written. */
function firstTarget(node: JsonNode): string | null {
  if (typeof node.value === 'string') return node.value
  if (!(node.value instanceof Map)) return null
  const conditions = [...node.value].filter(([key]) => key !== 'types')
  for (const [, inner] of [...conditions, ...node.value]) {
    const target = firstTarget(inner)
    if (target) return target
  }
  return null
}

function rangeOf(path: string, node: JsonNode): SourceRange {
  return { path, start: node.start, end: node.end }
}

import type { DependencyFact, EntryPointFact } from '#lib/domain/facts.ts'
import { joinPath } from '#lib/facts/imports/paths.ts'
import { type JsonNode, jsonAt, jsonEntries, jsonText, parseJsonLines } from '#lib/facts/json-lines.ts'
import type { RawScript } from '#lib/facts/parse/parsed-file.ts'
import { type ManifestText, type PackageManifest, packageManifest } from './package-manifest.ts'

/** Reads a composer.json. */
export function composerManifest({ path, dir, text, paths }: ManifestText): PackageManifest | null {
  const json = parseJsonLines(text)
  if (!json) return null
  const at = (node: JsonNode) => ({ path, start: node.start, end: node.end })
  const [name, description] = [jsonAt(json, 'name'), jsonAt(json, 'description')]
  const isLibrary =
    name !== undefined && /^(?:library|.*-(?:plugin|bundle|module))$/.test(jsonText(json, 'type') ?? 'library')
  const license = jsonAt(json, 'license')?.value
  const bin = jsonAt(json, 'bin')
  const binaries = (Array.isArray(bin?.value) ? bin.value : bin ? [bin] : []).flatMap((node): EntryPointFact[] => {
    const file = typeof node.value === 'string' ? joinPath(dir, node.value) : null
    if (file === null) return []
    return [
      { kind: 'binary', name: file.split('/').at(-1) ?? file, path: paths.has(file) ? file : null, range: at(node) },
    ]
  })
  const offered =
    isLibrary && name
      ? [{ kind: 'export' as const, name: jsonText(json, 'name') ?? '', path: null, range: at(name) }]
      : []
  return packageManifest(
    path,
    {
      kind: 'composer',
      name: jsonText(json, 'name'),
      version: jsonText(json, 'version'),
      description: jsonText(json, 'description'),
      license: typeof license === 'string' ? license : null,
    },
    {
      descriptionAt: description ? at(description) : null,
      dependencies: dependenciesOf(json, path),
      entryPoints: [...offered, ...binaries],
      scripts: scriptsOf(json, path),
      namespaces: ['autoload', 'autoload-dev'].flatMap((section) => namespacesOf(json, section, dir)),
    },
  )
}

function dependenciesOf(json: JsonNode, path: string): DependencyFact[] {
  const tables = [['require', 'runtime'] as const, ['require-dev', 'development'] as const]
  return tables.flatMap(([table, kind]) =>
    jsonEntries(json, table).flatMap(([name, node]) => {
      const isPlatform = !name.includes('/')
      if (typeof node.value !== 'string' || isPlatform) return []
      return [{ name, range: node.value, kind, source: { path, start: node.start, end: node.end } }]
    }),
  )
}

function scriptsOf(json: JsonNode, path: string): RawScript[] {
  return jsonEntries(json, 'scripts').flatMap(([name, node]) => {
    const lines = Array.isArray(node.value) ? node.value.map(({ value }) => value) : [node.value]
    const commands = lines.filter((line) => typeof line === 'string')
    if (commands.length === 0 || /^(?:pre|post)-/.test(name)) return []
    const range = { path, start: node.start, end: node.end }
    return [{ name, command: commands.join('\n'), runner: 'composer', invocation: `composer ${name}`, range }]
  })
}

function namespacesOf(json: JsonNode, section: string, dir: string): PackageManifest['namespaces'] {
  return jsonEntries(json, section, 'psr-4').flatMap(([prefix, node]) => {
    const dirs = Array.isArray(node.value) ? node.value.map(({ value }) => value) : [node.value]
    return dirs.flatMap((one) => {
      const base = typeof one === 'string' ? joinPath(dir, one) : null
      return base === null ? [] : [{ prefix, dir: base }]
    })
  })
}

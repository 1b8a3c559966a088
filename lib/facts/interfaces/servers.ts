import type { EntryPointFact, ImportFact } from '#lib/domain/facts.ts'
import { jsonAt } from '#lib/facts/json-lines.ts'
import { languageOf } from '#lib/facts/languages.ts'
import type { NpmManifest } from '#lib/facts/manifests.ts'
import type { ParsedFile, RawServer } from '#lib/facts/parse/parsed-file.ts'

interface Sources {
  sources: ParsedFile[]
  /** Binaries, mains and exports. */
  entryPoints: EntryPointFact[]
  imports: ImportFact[]
  npm: NpmManifest[]
}

/**
 * Places where a program of the repository starts to serve. A library that can serve for others does not count: the call
 * runs with its file, a program leads to it by imports, or nothing but a program could be made of its package.
 */
export function serverStarts({ sources, entryPoints, imports, npm }: Sources): EntryPointFact[] {
  const found = sources.flatMap(({ servers }) => servers)
  if (found.length === 0) return []
  const programs = entryPoints.filter(isProgram).flatMap(({ path }) => path ?? [])
  const languages = new Set(programs.map(grammarOf))
  const running = found.filter(({ runs }) => runs).map(({ range }) => range.path)
  const reached = reachedFrom([...programs, ...running], imports)
  const isPart = ({ runs, range: { path } }: RawServer) => {
    if (FOR_TESTS.test(path)) return false
    const grammar = grammarOf(path)
    if (runs || reached.has(path)) return true
    if (grammar === 'javascript') return isApplication(path, npm)
    return grammar !== 'python' && languages.has(grammar)
  }
  const servers = found.filter(isPart).map(({ name, range }): EntryPointFact => {
    return { kind: 'server', name, path: range.path, range }
  })
  return [...new Map(servers.map((server) => [`${server.path} ${server.name}`, server])).values()]
}

/** `Sources/RoadTesting/serve.swift` helps those who write tests. */
const FOR_TESTS = /(?:^|\/)\w*(?:Testing|TestSupport|TestHelpers|TestKit|testing|test_support|testutils?)\//

/** The main module of an npm package is what others import: it starts nothing by itself. */
function isProgram({ kind, path, range }: EntryPointFact): boolean {
  if (path === null) return false
  return kind === 'binary' || (kind === 'main' && !range.path.endsWith('package.json'))
}

function grammarOf(path: string): string {
  const grammar = languageOf(path)?.grammar ?? ''
  return /^(?:typescript|tsx)$/.test(grammar) ? 'javascript' : grammar
}

function reachedFrom(starts: string[], imports: ImportFact[]): Set<string> {
  const targets = Map.groupBy(imports, ({ from }) => from)
  const reached = new Set(starts)
  for (const path of reached) for (const { to } of targets.get(path) ?? []) if (to !== null) reached.add(to)
  return reached
}

/** Nobody can import what the nearest `package.json` keeps private or offers no entry to. */
function isApplication(path: string, npm: NpmManifest[]): boolean {
  const around = npm.filter(({ dir }) => dir === '' || path.startsWith(`${dir}/`))
  const nearest = around.sort((a, b) => b.dir.length - a.dir.length)[0]
  if (!nearest || jsonAt(nearest.json, 'private')?.value === true) return true
  return ['main', 'module', 'exports'].every((key) => jsonAt(nearest.json, key) === undefined)
}

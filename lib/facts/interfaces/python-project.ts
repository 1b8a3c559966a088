import type { DependencyFact, EntryPointFact, SourceRange } from '#lib/domain/facts.ts'
import { type PythonManifest, projectTable } from '#lib/facts/manifests.ts'
import type { RawScript } from '#lib/facts/parse/parsed-file.ts'
import { tomlAt, tomlEntries, tomlItemLine, tomlLine } from '#lib/facts/toml-lines.ts'
import { parseRequirement } from './python-requirement.ts'

/** Tasks of `pyproject.toml` (poe, pdm, hatch, tox) that a person types. */
export function pythonScripts(manifest: PythonManifest): RawScript[] {
  const { path, text, toml } = manifest
  const runners: [runner: string, keys: string[], prefix: string][] = [
    ['poe', ['tool', 'poe', 'tasks'], 'poe'],
    ['pdm', ['tool', 'pdm', 'scripts'], 'pdm run'],
    ['hatch', ['tool', 'hatch', 'envs', 'default', 'scripts'], 'hatch run'],
    ['tox', ['tool', 'tox', 'env'], 'tox run -e'],
  ]
  return runners.flatMap(([runner, keys, prefix]) =>
    tomlEntries(toml, ...keys).flatMap(([name, value]) => {
      const line = tomlLine(text, keys.join('.'), name) ?? tomlLine(text, [...keys, name].join('.'), null)
      const invocation = `${prefix} ${name}`
      return line
        ? [{ name, command: commandOf(value), runner, invocation, range: { path, start: line, end: line } }]
        : []
    }),
  )
}

function commandOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(commandOf).join(' ')
  if (typeof value !== 'object' || value === null) return ''
  const table = value as Record<string, unknown>
  const lines = table.commands
  if (Array.isArray(lines)) return lines.map(commandOf).join('\n')
  return commandOf(table.cmd ?? table.shell ?? table.script ?? table.sequence ?? table.call ?? '')
}

/** Sections `[testenv:name]` of a tox.ini. */
export function toxScripts(path: string, text: string): RawScript[] {
  const lines = text.split(/\r?\n/)
  return lines.flatMap((line, at) => {
    const name = /^\[testenv:([^\]{}]+)\]/.exec(line)?.[1]
    if (!name) return []
    const next = lines.findIndex((other, index) => index > at && other.startsWith('['))
    const section = lines.slice(at + 1, next === -1 ? undefined : next)
    const first = section.findIndex((other) => /^commands\s*=/.test(other))
    const more = first === -1 ? [] : section.slice(first + 1)
    const end = more.findIndex((other) => other !== '' && !/^\s/.test(other))
    const head = section[first]?.replace(/^commands\s*=\s*/, '') ?? ''
    const body = [head, ...(end === -1 ? more : more.slice(0, end))].map((one) => one.trim()).filter(Boolean)
    const range = { path, start: at + 1, end: at + 1 + section.join('\n').trimEnd().split('\n').length }
    return [{ name, command: body.join('\n'), runner: 'tox', invocation: `tox -e ${name}`, range }]
  })
}

/** Dependencies of PEP 621, PEP 735 groups, build requirements and Poetry. */
export function pythonDependencies(manifest: PythonManifest): DependencyFact[] {
  const { toml } = manifest
  const list = (keys: string[], kind: DependencyFact['kind']) => listed(manifest, keys, kind)
  const groups = (keys: string[], kind: DependencyFact['kind']) =>
    tomlEntries(toml, ...keys).flatMap(([group]) => list([...keys, group], kind))
  return [
    ...list(['project', 'dependencies'], 'runtime'),
    ...groups(['project', 'optional-dependencies'], 'optional'),
    ...groups(['dependency-groups'], 'development'),
    ...list(['build-system', 'requires'], 'build'),
    ...poetryDependencies(manifest),
  ]
}

function listed({ path, text, toml }: PythonManifest, keys: string[], kind: DependencyFact['kind']): DependencyFact[] {
  const items = tomlAt(toml, ...keys)
  const from = tomlLine(text, keys.slice(0, -1).join('.'), keys.at(-1) ?? '') ?? 1
  if (!Array.isArray(items)) return []
  return items.flatMap((item) => {
    const requirement = typeof item === 'string' ? parseRequirement(item) : null
    if (!requirement || typeof item !== 'string') return []
    const line = tomlItemLine(text, item, from)
    return [{ ...requirement, kind, source: { path, start: line, end: line } }]
  })
}

function poetryDependencies({ path, text, toml }: PythonManifest): DependencyFact[] {
  const tables: [string[], DependencyFact['kind']][] = [
    [['tool', 'poetry', 'dependencies'], 'runtime'],
    [['tool', 'poetry', 'dev-dependencies'], 'development'],
    ...tomlEntries(toml, 'tool', 'poetry', 'group').map(([group]): [string[], DependencyFact['kind']] => [
      ['tool', 'poetry', 'group', group, 'dependencies'],
      'development',
    ]),
  ]
  return tables.flatMap(([keys, kind]) =>
    tomlEntries(toml, ...keys).flatMap(([name, value]) => {
      const line = tomlLine(text, keys.join('.'), name)
      if (!line || name === 'python') return []
      const version = typeof value === 'string' ? value : (value as { version?: unknown } | null)?.version
      return [
        { name, range: typeof version === 'string' ? version : '*', kind, source: { path, start: line, end: line } },
      ]
    }),
  )
}

const RUNTIME = /(?:^|\/)(?:requirements[^/]*|base|common|default|install|main|prod|production|runtime)\.txt$/i
const DEVELOPMENT = /dev|test|doc|lint|build|ci|typing/i

/**
 * Lines of a requirements file; files named for tests, development or docs hold development dependencies. In a folder of
 * such files those count whose names say what they are for.
 */
export function requirements(path: string, text: string): DependencyFact[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (!RUNTIME.test(name) && !DEVELOPMENT.test(name)) return []
  const kind = /dev|test|doc|lint|build|ci|typing/i.test(path) ? 'development' : 'runtime'
  return text.split(/\r?\n/).flatMap((line, at) => {
    const requirement = /^\s*[A-Za-z0-9]/.test(line) && !line.includes('://') ? parseRequirement(line) : null
    const source: SourceRange = { path, start: at + 1, end: at + 1 }
    return requirement ? [{ ...requirement, kind, source }] : []
  })
}

/** Console scripts, each with the file that holds its function. */
export function pythonEntryPoints(
  manifest: PythonManifest,
  fileOf: (module: string) => string | null,
): EntryPointFact[] {
  const { path, text, toml } = manifest
  return [...new Set(['project', projectTable(manifest).join('.')])].flatMap((table) => {
    const keys = [...table.split('.'), 'scripts']
    return tomlEntries(toml, ...keys).flatMap(([name, value]) => {
      const line = tomlLine(text, keys.join('.'), name)
      const target = typeof value === 'string' ? value.split(':')[0]?.trim() : undefined
      if (!line || !target) return []
      return [{ kind: 'binary' as const, name, path: fileOf(target), range: { path, start: line, end: line } }]
    })
  })
}

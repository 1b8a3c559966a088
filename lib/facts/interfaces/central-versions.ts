import type { DependencyFact } from '#lib/domain/facts.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import { parseToml, type TomlTable, tomlEntries, tomlText } from '#lib/facts/toml-lines.ts'
import { parseXmlLines } from '#lib/facts/xml-lines.ts'

/** Where the projects of a repository ask for the versions of what they need, and what is read there. */
const CENTRES: { asking: RegExp; file: string; read: (text: string) => Map<string, string> }[] = [
  { asking: /\.(?:cs|fs|vb)proj$/, file: 'Directory.Packages.props', read: packageVersions },
  { asking: /(?:^|\/)Cargo\.toml$/, file: 'Cargo.toml', read: workspaceVersions },
]

/** Versions that one file holds for all projects below its folder, put in where a project names none itself. */
export function withCentralVersions(
  dependencies: DependencyFact[],
  texts: ReadonlyMap<string, string>,
): DependencyFact[] {
  const read = new Map<string, Map<string, string>>()
  const versionsIn = (path: string, centre: (typeof CENTRES)[number]) => {
    const known = read.get(path) ?? centre.read(texts.get(path) ?? '')
    read.set(path, known)
    return known
  }
  return dependencies.map((dependency) => {
    const { name, range, source } = dependency
    const centre = range === '*' ? CENTRES.find(({ asking }) => asking.test(source.path)) : undefined
    if (!centre) return dependency
    const found = foldersAbove(source.path)
      .map((dir) => (dir ? `${dir}/${centre.file}` : centre.file))
      .filter((path) => path !== source.path && texts.has(path))
      .flatMap((path) => versionsIn(path, centre).get(name) ?? [])
    return found[0] ? { ...dependency, range: found[0] } : dependency
  })
}

/** Its own folder first, the root last. */
function foldersAbove(path: string): string[] {
  const found = [dirOf(path)]
  while (found.at(-1)) found.push(dirOf(found.at(-1) ?? ''))
  return found
}

function packageVersions(text: string): Map<string, string> {
  const items = parseXmlLines(text)?.children.filter(({ name }) => name === 'ItemGroup') ?? []
  const known = items
    .flatMap(({ children }) => children)
    .flatMap(({ name, attributes }): [string, string][] => {
      const [own, version] = [attributes.get('Include'), attributes.get('Version')]
      return name === 'PackageVersion' && own && version && !version.includes('$(') ? [[own, version]] : []
    })
  return new Map(known)
}

function workspaceVersions(text: string): Map<string, string> {
  const toml = parseToml(text)
  const entries = toml ? tomlEntries(toml, 'workspace', 'dependencies') : []
  return new Map(
    entries.flatMap(([name, value]): [string, string][] => {
      const entry = typeof value === 'object' && value !== null ? (value as TomlTable) : null
      const version = typeof value === 'string' ? value : tomlText(entry, 'version')
      return version ? [[tomlText(entry, 'package') ?? name, version]] : []
    }),
  )
}

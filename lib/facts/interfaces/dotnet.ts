import type { DependencyFact } from '#lib/domain/facts.ts'
import { parseXmlLines, type XmlNode } from '#lib/facts/xml-lines.ts'
import { type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'

/** Kits whose projects are programs. */
const PROGRAMS = /\.(?:Web|Worker|BlazorWebAssembly|AppHost\.Sdk)(?:[/;]|$)/
/** What nobody says of a project that the others of its repository alone use. */
const PACKED = [
  'PackageId',
  'Version',
  'VersionPrefix',
  'Description',
  'PackageTags',
  'GeneratePackageOnBuild',
  'IsPackable',
]

/** Reads a .NET project file: package data, package references, whether it is a program. */
export function dotnetManifest({ path, dir, text, paths }: ManifestText): PackageManifest | null {
  const project = parseXmlLines(text)
  if (project?.name !== 'Project') return null
  const properties = project.children.filter(({ name }) => name === 'PropertyGroup').flatMap(({ children }) => children)
  const property = (name: string) => properties.find((one) => one.name === name && one.text.trim() !== '')
  const value = (name: string) => {
    const found = property(name)?.text.trim().replace(/\s+/g, ' ')
    return found && !found.includes('$(') ? found : null
  }
  const fileName = (path.split('/').at(-1) ?? path).replace(/\.\w+$/, '')
  const name = value('PackageId') ?? value('AssemblyName') ?? fileName
  const description = property('Description')
  const isProgram = /^(?:win)?exe$/i.test(value('OutputType') ?? '') || PROGRAMS.test(sdksOf(project).join(';'))
  const at = oneLineRange(path, (property('PackageId') ?? property('OutputType') ?? project).start)
  const isPackable =
    value('IsPackable') !== 'false' && !/\.(?:Traversal|NoTargets)\b/.test(project.attributes.get('Sdk') ?? '')
  const isOffered = isPackable && (PACKED.some((one) => property(one)) || !hasProgram(paths))
  return packageManifest(
    path,
    {
      kind: 'nuget',
      name,
      version: value('Version') ?? value('VersionPrefix'),
      description: value('Description'),
      license: value('PackageLicenseExpression'),
    },
    {
      descriptionAt:
        description && value('Description') ? { path, start: description.start, end: description.end } : null,
      dependencies: referencesOf(project, path),
      entryPoints:
        isProgram || isOffered
          ? [{ kind: isProgram ? 'main' : 'export', name, path: isProgram ? programIn(dir, paths) : null, range: at }]
          : [],
    },
  )
}

function sdksOf(project: XmlNode): string[] {
  const inner = project.children.filter(({ name }) => name === 'Sdk').map(({ attributes }) => attributes.get('Name'))
  return [project.attributes.get('Sdk'), ...inner].filter((sdk) => sdk !== undefined)
}

function programIn(dir: string, paths: ReadonlySet<string>): string | null {
  const path = dir ? `${dir}/Program.cs` : 'Program.cs'
  return paths.has(path) ? path : null
}

const programs = new WeakMap<ReadonlySet<string>, boolean>()

/** Whether a repository holds a program: its libraries without a version or description are there for that. */
function hasProgram(paths: ReadonlySet<string>): boolean {
  let found = programs.get(paths)
  if (found === undefined) {
    const isProgram = (path: string) =>
      path.endsWith('Program.cs') && !/test|bench|sample|example|snippet|demo|tool/i.test(path)
    found = [...paths].some(isProgram)
    programs.set(paths, found)
  }
  return found
}

function referencesOf(project: XmlNode, path: string): DependencyFact[] {
  const items = project.children.filter(({ name }) => name === 'ItemGroup').flatMap(({ children }) => children)
  const seen = new Set<string>()
  return items.flatMap((item) => {
    const name = item.name === 'PackageReference' ? item.attributes.get('Include') : undefined
    if (!name || seen.has(name) || name.includes('$(')) return []
    seen.add(name)
    const version =
      item.attributes.get('Version') ?? item.children.find((child) => child.name === 'Version')?.text.trim()
    const isTool = item.attributes.get('PrivateAssets') === 'All' || item.attributes.get('PrivateAssets') === 'all'
    const range = version && !version.includes('$(') ? version : '*'
    const kind = isTool ? ('development' as const) : ('runtime' as const)
    return [{ name, range, kind, source: { path, start: item.start, end: item.end } }]
  })
}

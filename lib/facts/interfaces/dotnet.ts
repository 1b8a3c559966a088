import type { DependencyFact } from '#lib/domain/facts.ts'
import { parseXmlLines, type XmlNode } from '#lib/facts/xml-lines.ts'
import { type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'

/** Reads a .NET project file: package data, package references, whether it is a program. */
export function dotnetManifest({ path, text }: ManifestText): PackageManifest | null {
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
  const isProgram = /^(?:win)?exe$/i.test(value('OutputType') ?? '') || project.attributes.get('Sdk')?.endsWith('.Web')
  const at = oneLineRange(path, (property('PackageId') ?? property('OutputType') ?? project).start)
  const isPackable =
    value('IsPackable') !== 'false' && !/\.(?:Traversal|NoTargets)\b/.test(project.attributes.get('Sdk') ?? '')
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
        isProgram || isPackable ? [{ kind: isProgram ? 'main' : 'export', name, path: null, range: at }] : [],
    },
  )
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

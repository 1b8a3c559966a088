import type { DependencyFact } from '#lib/domain/facts.ts'
import { parseXmlLines, type XmlNode, xmlAt, xmlText } from '#lib/facts/xml-lines.ts'
import { isAside, type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'

/** Plugins that pack a program with all it needs: nobody builds on that. */
const RUNNABLE = /<artifactId>\s*(?:spring-boot|quarkus|micronaut)-maven-plugin\s*<\/artifactId>/

/** Reads a pom.xml. The name is `group:artifact`; properties of the same file are filled in. */
export function mavenManifest({ path, text }: ManifestText): PackageManifest | null {
  if (isAside(path)) return null
  const project = parseXmlLines(text)
  const artifact = xmlText(project, 'artifactId')
  if (project?.name !== 'project' || !artifact) return null
  const group = xmlText(project, 'groupId') ?? xmlText(project, 'parent', 'groupId')
  const filled = fillerOf(project)
  const version = filled(xmlText(project, 'version') ?? xmlText(project, 'parent', 'version'))
  const description = xmlAt(project, 'description')
  const packaging = xmlText(project, 'packaging') ?? 'jar'
  const name = group ? `${group}:${artifact}` : artifact
  const at = oneLineRange(path, xmlAt(project, 'artifactId')?.start ?? 1)
  const isOffered = /^(?:jar|bundle|maven-plugin)$/.test(packaging) && !RUNNABLE.test(text)
  return packageManifest(
    path,
    {
      kind: 'maven',
      name,
      version: version && !version.includes('${') ? version : null,
      description: xmlText(project, 'description'),
      license: xmlText(project, 'licenses', 'license', 'name'),
    },
    {
      descriptionAt: description ? { path, start: description.start, end: description.end } : null,
      dependencies: dependenciesOf(project, path, filled),
      entryPoints: isOffered ? [{ kind: 'export', name, path: null, range: at }] : [],
      scripts: [],
    },
  )
}

type Fill = (value: string | null) => string | null

function fillerOf(project: XmlNode): Fill {
  const properties = new Map(xmlAt(project, 'properties')?.children.map(({ name, text }) => [name, text.trim()]))
  return (value) => value?.replace(/\$\{([\w.-]+)\}/g, (whole, name) => properties.get(name) ?? whole) ?? null
}

const SCOPES: Record<string, DependencyFact['kind']> = { test: 'development', provided: 'peer' }

function dependenciesOf(project: XmlNode, path: string, filled: Fill): DependencyFact[] {
  const listed = xmlAt(project, 'dependencies')?.children ?? []
  return listed.flatMap((dependency) => {
    const [group, artifact] = [xmlText(dependency, 'groupId'), xmlText(dependency, 'artifactId')]
    if (!group || !artifact || group.includes('${')) return []
    const isOptional = xmlText(dependency, 'optional') === 'true'
    const kind = isOptional ? 'optional' : (SCOPES[xmlText(dependency, 'scope') ?? ''] ?? 'runtime')
    const range = filled(xmlText(dependency, 'version')) ?? '*'
    return [
      { name: `${group}:${artifact}`, range, kind, source: { path, start: dependency.start, end: dependency.end } },
    ]
  })
}

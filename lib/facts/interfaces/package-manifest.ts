import type { DependencyFact, EntryPointFact, ManifestFact, SourceRange } from '#lib/domain/facts.ts'
import type { RawScript } from '#lib/facts/parse/parsed-file.ts'

/** What a package's own description of itself says, whatever tool reads it. */
export interface PackageManifest {
  fact: ManifestFact
  /** Where the description stands; null when there is none. */
  descriptionAt: SourceRange | null
  dependencies: DependencyFact[]
  entryPoints: EntryPointFact[]
  scripts: RawScript[]
  /** Cargo: the library the package builds. */
  crate: { name: string; root: string } | null
  /** Composer: directories in which the classes of a namespace lie. */
  namespaces: { prefix: string; dir: string }[]
}

export interface ManifestText {
  path: string
  /** Directory it stands in; empty for the root. */
  dir: string
  text: string
  /** Every file of the repository. */
  paths: ReadonlySet<string>
}

/** Folders with a dot hold what people and machines work with: `.teamcity/pom.xml` is no package. */
export function isAside(path: string): boolean {
  return /(?:^|\/)\.[^/]+\//.test(path)
}

type Named = Partial<Omit<ManifestFact, 'path'>> & { kind: ManifestFact['kind'] }

export function packageManifest(path: string, fact: Named, rest: Partial<PackageManifest> = {}): PackageManifest {
  return {
    fact: { path, name: null, version: null, description: null, license: null, ...fact },
    descriptionAt: null,
    dependencies: [],
    entryPoints: [],
    scripts: [],
    crate: null,
    namespaces: [],
    ...rest,
  }
}

export function lineOf(text: string, index: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

export function oneLineRange(path: string, line: number): SourceRange {
  return { path, start: line, end: line }
}

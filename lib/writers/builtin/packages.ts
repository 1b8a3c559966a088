import type { Facts, ManifestFact } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { projectNames } from './readme.ts'
import { byText } from './wording.ts'

/** A package of a repository that holds several. */
export interface Package {
  name: string
  /** Folder of its manifest; `.` is the root. */
  dir: string
  manifest: ManifestFact
  /** Documented source files that belong to it and to no package inside it. */
  files: string[]
  /** Sum of the PageRank of its files, 0–1. */
  rank: number
}

interface Packages {
  list: Package[]
  ofFile: Map<string, Package>
}

const FEWEST_PACKAGES = 2

const cache = new WeakMap<Facts, Packages>()

/** Packages with source code, by folder; empty unless the repository holds several. */
export function packagesIn(facts: Facts): Package[] {
  return packages(facts).list
}

/** The part of the repository a file belongs to: its package where there are several, else its directory. */
export function areaOf(facts: Facts, path: string): string {
  return packages(facts).ofFile.get(path)?.dir ?? factsIndex(facts).moduleOf.get(path) ?? '.'
}

function packages(facts: Facts): Packages {
  const known = cache.get(facts)
  if (known) return known
  const found = find(facts)
  cache.set(facts, found)
  return found
}

function find(facts: Facts): Packages {
  const roles = new Map(facts.files.map(({ path, role }) => [path, role]))
  const byDir = new Map<string, Package>()
  for (const manifest of facts.manifests) {
    const dir = manifest.path.includes('/') ? manifest.path.slice(0, manifest.path.lastIndexOf('/')) : '.'
    const isOwn = /^(?:source|config|other)$/.test(roles.get(manifest.path) ?? 'source')
    if (manifest.name !== null && isOwn && !isTemplate(manifest) && !byDir.has(dir))
      byDir.set(dir, { name: manifest.name, dir, manifest, files: [], rank: 0 })
  }
  const ofFile = new Map<string, Package>()
  for (const { path } of factsIndex(facts).documented) {
    const own = foldersOf(path)
      .map((dir) => byDir.get(dir))
      .find((one) => one !== undefined)
    if (!own) continue
    own.files.push(path)
    own.rank += facts.fileRank[path] ?? 0
    ofFile.set(path, own)
  }
  const list = [...byDir.values()].filter(({ files }) => files.length > 0).sort((a, b) => byText(a.dir, b.dir))
  return list.length < FEWEST_PACKAGES ? { list: [], ofFile: new Map() } : { list, ofFile }
}

/** Of several packages the one people mean by the project's name, else the one the others use most; null for one. */
export function mainPackage(facts: Facts): Package | null {
  const names = new Set(projectNames(facts))
  const published = packagesIn(facts).filter(({ dir, manifest }) => dir !== '.' && manifest.version !== null)
  const named = published.find(({ name }) => names.has((name.split(/[/:]/).at(-1) ?? name).toLowerCase()))
  return named ?? published.toSorted((a, b) => b.rank - a.rank || byText(a.dir, b.dir))[0] ?? null
}

/** A project that a command copies for its users is no package of this one. */
export function isTemplate({ path }: ManifestFact): boolean {
  return /(?:^|\/)templates?[-_/]/.test(path)
}

/** Folders a file lies in, nearest first, the root last. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return [...parts.map((_, at) => parts.slice(0, parts.length - at).join('/')), '.']
}

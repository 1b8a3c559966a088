import type { Ground } from '#lib/score/ground.ts'

const TOP = /^\(?(?:top[ -]level|root|top)\)?$|^\.$/i

/** What labels of a diagram mean in the code: files, folders, packages, symbols; and which of them import which. */
export class GraphNames {
  private readonly ground: Ground
  private readonly folders = new Map<string, string[]>()
  private readonly others: Set<string>
  private readonly prefixes = new Map<string, string[]>()
  /** Folders of the packages of the repository, by name. */
  private readonly packages: Map<string, string[]>

  constructor(ground: Ground) {
    this.ground = ground
    const { facts } = ground
    const paths = new Set(facts.files.flatMap(({ path }) => withParents(path)))
    for (const path of paths) {
      const parts = path.split('/')
      for (let at = 0; at < parts.length; at += 1) {
        const end = parts.slice(at).join('/')
        for (const name of new Set([end, end.replace(/\.\w+$/, '')]))
          this.folders.set(name, [...(this.folders.get(name) ?? []), path])
      }
    }
    this.packages = new Map(facts.manifests.flatMap(({ name, path }) => (name ? [[name, [folderOf(path)]]] : [])))
    this.others = new Set([
      ...facts.dependencies.map(({ name }) => name),
      ...facts.entryPoints.map(({ name }) => name),
      ...facts.imports.map(({ specifier }) => specifier),
      ...facts.manifests.flatMap(({ name }) => (name ? [name, name.split('/').at(-1) ?? name] : [])),
      ...facts.flags.map(({ name }) => name),
      ...facts.environment.map(({ name }) => name),
      ...facts.routes.flatMap(({ method, path }) => [path, `${method} ${path}`]),
      ...facts.scripts.flatMap(({ name, invocation }) => [name, invocation].filter(Boolean)),
      ...facts.dataModels.map(({ name }) => name),
      ...facts.configurationKeys.map(({ name }) => name),
      facts.name,
    ])
  }

  isKnown(label: string): boolean {
    return [label, label.split('\n')[0] ?? label].some((text) => {
      const name = clean(text)
      return (
        this.pathsOf(name).length > 0 || this.others.has(name) || this.ground.symbols.has(name.replace(/\(.*\)$/, ''))
      )
    })
  }

  /**
   * Whether a file below the one imports a file below the other, or the one is a package that declares the other as a
   * dependency; null when one of them is no file, folder or package.
   */
  imports(from: string, to: string, labels: string[]): boolean | null {
    const [starts, ends] = [this.pathsOf(clean(from)), this.pathsOf(clean(to))]
    if (starts.length === 0 || ends.length === 0) return null
    const isDeclared = this.ground.facts.dependencies.some(
      ({ name, source }) => name === clean(to) && starts.includes(folderOf(source.path)),
    )
    if (isDeclared && this.packages.has(clean(to))) return true
    const deeper = labels.flatMap((label) => this.pathsOf(clean(label)))
    return this.ground.facts.imports.some(
      (each) => each.to !== null && covers(starts, each.from, deeper) && covers(ends, each.to, deeper),
    )
  }

  private pathsOf(name: string): string[] {
    if (TOP.test(name) && !this.folders.has(name)) return ['']
    const known = this.prefixes.get(name) ?? this.packages.get(name)
    if (known) return known
    const all = this.folders.get(name) ?? []
    const exact = all.filter((path) => path === name)
    const found = exact.length > 0 ? exact : all
    this.prefixes.set(name, found)
    return found
  }
}

/** Whether a path lies in one of the folders; the top level holds only files that lie in no folder of the picture. */
function covers(folders: string[], path: string, deeper: string[]): boolean {
  return folders.some((folder) => {
    if (folder !== '') return path === folder || path.startsWith(`${folder}/`)
    return !deeper.some((other) => other !== '' && path.startsWith(`${other}/`))
  })
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function withParents(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

function clean(label: string): string {
  return label
    .trim()
    .replace(/^["'`]|["'`]$/g, '')
    .replace(/\s+\(\d[^)]*\)$/, '')
    .replace(/^\.\//, '')
    .replace(/\/$/, '')
}

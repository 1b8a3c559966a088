import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { WorkspaceFact } from '#lib/domain/facts.ts'
import { dirOf, joinPath } from './imports/paths.ts'
import { jsonAt, parseJsonLines } from './json-lines.ts'
import { byText } from './order.ts'
import { parseToml, type TomlTable, tomlAt } from './toml-lines.ts'
import { parseXmlLines, xmlAt } from './xml-lines.ts'

interface Declared {
  /** Folders relative to the file, with `*` and `**`; those that begin with `!` are taken out again. */
  globs: string[]
  /** Name of the manifests that stand in such folders. */
  manifests: RegExp
}

interface Reader {
  kind: WorkspaceFact['kind']
  file: RegExp
  read: (text: string) => Declared | null
}

const PACKAGE_JSON = /^package\.json$/
const POM = /^pom\.xml$/
const GRADLE = /^build\.gradle(?:\.kts)?$/

const READERS: Reader[] = [
  { kind: 'npm', file: /^package\.json$/, read: npmWorkspaces },
  { kind: 'pnpm', file: /^pnpm-workspace\.ya?ml$/, read: pnpmWorkspaces },
  { kind: 'cargo', file: /^Cargo\.toml$/, read: (text) => tomlMembers(text, ['workspace'], /^Cargo\.toml$/) },
  {
    kind: 'uv',
    file: /^pyproject\.toml$/,
    read: (text) => tomlMembers(text, ['tool', 'uv', 'workspace'], /^pyproject\.toml$/),
  },
  { kind: 'poetry', file: /^pyproject\.toml$/, read: poetryPackages },
  { kind: 'go', file: /^go\.work$/, read: goUses },
  { kind: 'maven', file: POM, read: mavenModules },
  { kind: 'gradle', file: /^settings\.gradle(?:\.kts)?$/, read: gradleProjects },
]

/** Files that keep several packages together, with the manifests of these packages; one without any is left out. */
export function workspacesOf(texts: ReadonlyMap<string, string>, isOwn: (path: string) => boolean): WorkspaceFact[] {
  const paths = [...texts.keys()].sort(byText)
  return paths.filter(isOwn).flatMap((path) =>
    READERS.flatMap(({ kind, file, read }): WorkspaceFact[] => {
      const declared = file.test(nameOf(path)) ? read(texts.get(path) ?? '') : null
      if (!declared) return []
      const packages = paths.filter((one) => one !== path && isMember(one, dirOf(path), declared))
      return packages.length > 0 ? [{ kind, path, packages }] : []
    }),
  )
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function isMember(path: string, root: string, { globs, manifests }: Declared): boolean {
  if (!manifests.test(nameOf(path))) return false
  const dir = dirOf(path)
  const covers = (glob: string) => {
    const folder = joinPath(root, glob.replace(/\/+$/, ''))
    return folder !== null && matches(dir, folder)
  }
  const isTaken = globs.some((glob) => !glob.startsWith('!') && covers(glob))
  return isTaken && !globs.some((glob) => glob.startsWith('!') && covers(glob.slice(1)))
}

/** Part by part, so that no glob makes a slow pattern: `*` stands within a part, `**` for any number of parts. */
function matches(dir: string, glob: string): boolean {
  const [parts, wanted] = [dir.split('/'), glob.split('/')]
  const from = (at: number, want: number): boolean => {
    const one = wanted[want]
    if (one === undefined) return at === parts.length
    if (one === '**')
      return want === wanted.length - 1 ? true : parts.slice(at).some((_, more) => from(at + more, want + 1))
    const part = parts[at]
    if (part === undefined) return false
    const [head = '', ...rest] = one.split('*')
    const tail = rest.at(-1)
    const isSame = tail === undefined ? part === one : part.startsWith(head) && part.endsWith(tail)
    return isSame && from(at + 1, want + 1)
  }
  return wanted.filter((one) => one === '**').length <= 2 && from(0, 0)
}

function npmWorkspaces(text: string): Declared | null {
  const json = parseJsonLines(text)
  const listed = jsonAt(json, 'workspaces', 'packages') ?? jsonAt(json, 'workspaces')
  const globs = Array.isArray(listed?.value)
    ? listed.value.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
    : []
  return globs.length > 0 ? { globs, manifests: PACKAGE_JSON } : null
}

function pnpmWorkspaces(text: string): Declared | null {
  const document: Document = parseDocument(text, { strict: false, uniqueKeys: false, logLevel: 'silent' })
  const listed = isMap(document.contents) ? document.contents.get('packages', true) : null
  const globs = isSeq(listed) ? listed.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : [])) : []
  return globs.length > 0 ? { globs, manifests: PACKAGE_JSON } : null
}

function tomlMembers(text: string, table: string[], manifests: RegExp): Declared | null {
  const toml = text.includes('workspace') ? parseToml(text) : null
  const list = (key: string) => textsOf(tomlAt(toml, ...table, key))
  const globs = [...list('members'), ...list('exclude').map((one) => `!${one}`)]
  return list('members').length > 0 ? { globs, manifests } : null
}

/** Poetry has no workspaces; packages of the repository are dependencies by their path. */
function poetryPackages(text: string): Declared | null {
  const toml = text.includes('poetry') ? parseToml(text) : null
  const groups = tomlAt(toml, 'tool', 'poetry', 'group')
  const tables = [
    tomlAt(toml, 'tool', 'poetry', 'dependencies'),
    ...Object.values(isTable(groups) ? groups : {}).map((group) => (isTable(group) ? group.dependencies : null)),
  ]
  const globs = tables
    .flatMap((table) => (isTable(table) ? Object.values(table) : []))
    .flatMap((value) => (isTable(value) && typeof value.path === 'string' ? [value.path] : []))
  return globs.length > 0 ? { globs, manifests: /^pyproject\.toml$/ } : null
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

function goUses(text: string): Declared | null {
  let isOpen = false
  const globs = text.split('\n').flatMap((line) => {
    const code = line.replace(/\/\/.*$/, '').trim()
    const single = /^use\s+([^\s(]+)$/.exec(code)?.[1]
    const listed = isOpen && code !== ')' && code !== '' ? code : undefined
    isOpen = /^use\s*\($/.test(code) || (isOpen && code !== ')')
    const folder = single ?? listed
    return folder === undefined ? [] : [folder.replace(/^"(.*)"$/, '$1')]
  })
  return globs.length > 0 ? { globs, manifests: /^go\.mod$/ } : null
}

function mavenModules(text: string): Declared | null {
  const listed = text.includes('<modules>') ? xmlAt(parseXmlLines(text), 'modules') : undefined
  const globs = listed?.children.flatMap(({ name, text: one }) => (name === 'module' ? [one.trim()] : [])) ?? []
  return globs.length > 0 ? { globs, manifests: POM } : null
}

/** `include(":core", ":tool:cli")`, also over several lines: projects by the path of their folder. */
function gradleProjects(text: string): Declared | null {
  let isOpen = false
  const globs = text.split('\n').flatMap((line) => {
    const code = line.replace(/\/\/.*$/, '').trim()
    const starts = /^include\b/.test(code)
    if (!starts && !(isOpen && /^["']/.test(code))) {
      isOpen = false
      return []
    }
    isOpen = /[,(]$/.test(code)
    return Array.from(code.matchAll(/["']([^"'\n]+)["']/g), ([, one]) =>
      (one ?? '').replace(/^:/, '').replaceAll(':', '/'),
    )
  })
  return globs.length > 0 ? { globs, manifests: GRADLE } : null
}

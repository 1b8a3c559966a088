import type { ImportFact } from '#lib/domain/facts.ts'

/** Decides by the text of an import alone whether it means this repository; knows nothing of the resolver. */
export interface Repository {
  paths: string[]
  /** Text of a file; empty when it cannot be read. */
  read(path: string): Promise<string>
}

export type Judge = (one: ImportFact, line: string) => boolean

/** The judge of each language, from manifests, names of folders and what the import looks like. */
export async function judgesOf({ paths, read }: Repository): Promise<Map<string, Judge>> {
  const named = (pattern: RegExp) => paths.filter((path) => pattern.test(path))
  const texts = (pattern: RegExp) => Promise.all(named(pattern).map(read))
  const npm = (await texts(/(?:^|\/)package\.json$/)).flatMap((text) => captured(text, /^\s*"name"\s*:\s*"([^"]+)"/m))
  const aliases = (await texts(/(?:^|\/)[jt]sconfig[^/]*\.json$/)).flatMap((text) =>
    captured(text, /"([@~#\w][^"\n]*\/)\*"\s*:\s*\[/g),
  )
  const go = (await texts(/(?:^|\/)go\.mod$/)).flatMap((text) => captured(text, /^module\s+"?([^\s"]+)/m))
  const crates = (await texts(/(?:^|\/)Cargo\.toml$/)).flatMap((text) =>
    captured(text, /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/m).map((name) => name.replaceAll('-', '_')),
  )
  const composer = (await texts(/(?:^|\/)composer\.json$/)).flatMap((text) => captured(text, /"([\w\\]+)\\\\"\s*:/g))
  const gems = named(/\.gemspec$/).map((path) => stemOf(path))
  const projects = named(/\.csproj$/).map((path) => stemOf(path).replace(/\.Tests?$/, ''))
  const python = pythonPackages(paths)
  const javaDirs = new Set(named(/\.java$/).map(folderOf))
  const isBelow = (name: string, prefix: string, separator: string) =>
    name === prefix || name.startsWith(prefix + separator)
  const javascript: Judge = ({ specifier }) =>
    /^[./]/.test(specifier) ||
    specifier.startsWith('#') ||
    npm.some((name) => isBelow(specifier, name, '/')) ||
    aliases.some((prefix) => specifier.startsWith(prefix))
  const include: Judge = ({ specifier }) => !specifier.startsWith('<')
  return new Map<string, Judge>([
    ['TypeScript', javascript],
    ['JavaScript', javascript],
    ['Python', ({ specifier }) => /^\./.test(specifier) || python.has(specifier.split('.')[0] ?? '')],
    ['Go', ({ specifier }) => go.some((path) => isBelow(specifier, path.replaceAll('\\\\', '\\'), '/'))],
    [
      'Rust',
      ({ specifier }) =>
        /^(?:mod |(?:crate|self|super)\b)/.test(specifier) || crates.includes(specifier.split('::')[0] ?? ''),
    ],
    ['Java', ({ specifier }) => isJavaPackage(specifier, javaDirs)],
    ['C', include],
    ['C++', include],
    ['C#', ({ specifier }) => projects.some((name) => isBelow(specifier, name, '.'))],
    ['Ruby', (one, line) => /require_relative/.test(line) || gems.some((gem) => isBelow(one.specifier, gem, '/'))],
    [
      'PHP',
      ({ specifier }, line) =>
        /__DIR__|dirname/.test(line) ||
        composer.some((prefix) => isBelow(specifier, prefix.replaceAll('\\\\', '\\'), '\\')),
    ],
    ['Shell', ({ specifier }) => /[./]/.test(specifier) && !specifier.startsWith('/')],
  ])
}

/** Whether the commit holds any file that could be meant; what is built, downloaded or linked to is not there. */
export function isThere({ specifier, from, names }: ImportFact, language: string, known: Known): boolean {
  const written = specifier
    .replace(/^<|>$/g, '')
    .replace(/[?].*$/, '')
    .replace(/^mod /, '')
  if (/Script$/.test(language) && written.startsWith('.')) return known.stems.has(stemAt(folderOf(from), written))
  const parts = written.split(/[/\\]|::/).filter((part) => !/^\.*$/.test(part))
  const last = parts.at(-1)
  if (last === undefined || /^(?:crate|self|super)$/.test(last)) return true
  if (/^(?:C|C\+\+|Shell)$/.test(language)) return known.names.has(last)
  const words = [last, ...last.split('.').filter((part) => part.length > 2), ...names]
  return words.some((word) => known.names.has(word) || known.names.has(word.replace(/\.\w+$/, '')))
}

export interface Known {
  /** Names of files and folders, with and without ending. */
  names: Set<string>
  /** Paths of files without ending, and of folders. */
  stems: Set<string>
}

export function knownNames(paths: string[]): Known {
  const whole = paths.flatMap((path) => path.split('/'))
  const names = new Set([...whole, ...whole.map((name) => name.replace(/(?<=.)\..*$/, ''))])
  const stems = new Set(paths.map((path) => path.replace(/(?<=[^/])\.[^/]*$/, '')))
  for (const path of paths) for (let dir = folderOf(path); dir; dir = folderOf(dir)) stems.add(dir)
  return { names, stems: stems.add('') }
}

function stemAt(folder: string, relative: string): string {
  const parts = folder ? folder.split('/') : []
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/').replace(/(?<=[^/])\.[^/]*$/, '')
}

function captured(text: string, pattern: RegExp): string[] {
  const all = pattern.global ? [...text.matchAll(pattern)] : [pattern.exec(text)]
  return all.flatMap((match) => match?.[1] ?? [])
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
}

/** Folders with `__init__.py` that stand in none, at the root or below a usual source folder. */
function pythonPackages(paths: string[]): Set<string> {
  const packages = paths.flatMap((path) => /^(?:(?:src|lib|python)\/)?([^/]+)\/__init__\.py$/.exec(path)?.[1] ?? [])
  return new Set(packages)
}

/** The package part of a name is a folder that holds Java files. */
function isJavaPackage(specifier: string, dirs: Set<string>): boolean {
  const parts = specifier.replace(/\.\*$/, '').split('.')
  const end = parts.findIndex((part) => /^\p{Lu}/u.test(part))
  const folder = (end === -1 ? parts : parts.slice(0, end)).join('/')
  return [...dirs].some((dir) => dir === folder || dir.endsWith(`/${folder}`))
}

import type { DependencyFact } from '#lib/domain/facts.ts'
import { joinPath } from '#lib/facts/imports/paths.ts'
import { lineOf, type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'

const SPEC_DEPENDENCY =
  /^[ \t]*\w+\.add_(development_|runtime_)?dependency[ \t(]+["']([\w.-]+)["']((?:[ \t]*,[ \t]*["'][^"'\n]*["'])*)/gm

/** Reads a gemspec as far as it states things plainly. */
export function gemManifest({ path, dir, text, paths }: ManifestText): PackageManifest | null {
  if (!/Gem::Specification/.test(text)) return null
  const field = (key: string) =>
    new RegExp(`^[ \\t]*\\w+\\.${key}\\s*=\\s*(?:%q\\{([^}\\n]*)\\}|["']([^"'\\n#]*)["'])`, 'm').exec(text)
  const value = (key: string) => field(key)?.[1] ?? field(key)?.[2] ?? null
  const constructed = /Gem::Specification\.new\s*\(?\s*["']([\w.-]+)["']/.exec(text)
  const name = value('name') ?? constructed?.[1] ?? null
  if (!name) return null
  const described = field('summary') ?? field('description')
  const nameAt = oneLineRange(path, lineOf(text, endOf(field('name') ?? constructed)))
  const main = [joinPath(dir, `lib/${name}.rb`), joinPath(dir, `lib/${name.replaceAll('-', '/')}.rb`)]
  const entry = main.find((file) => file !== null && paths.has(file)) ?? null
  const dependencies = [...text.matchAll(SPEC_DEPENDENCY)].map(
    (match): DependencyFact => ({
      name: match[2] ?? '',
      range: rangeOf(match[3]),
      kind: match[1] === 'development_' ? 'development' : 'runtime',
      source: oneLineRange(path, lineOf(text, match.index + match[0].length - 1)),
    }),
  )
  return packageManifest(
    path,
    {
      kind: 'gem',
      name,
      version: value('version'),
      description: value('summary'),
      license: value('license') ?? listedLicense(text),
    },
    {
      descriptionAt: described ? oneLineRange(path, lineOf(text, endOf(described))) : null,
      dependencies,
      entryPoints: [{ kind: 'export', name, path: entry, range: nameAt }, ...executablesOf({ path, dir, text, paths })],
    },
  )
}

/** `licenses = ['MIT']`: the first of them. */
function listedLicense(text: string): string | null {
  const match = /^[ \t]*\w+\.licenses\s*=\s*(?:\[\s*["']([^"'\n]+)["']|%w[[(]\s*([\w.-]+))/m.exec(text)
  return match?.[1] ?? match?.[2] ?? null
}

function executablesOf({ path, dir, text, paths }: ManifestText): PackageManifest['entryPoints'] {
  const list = /\.executables\s*(?:=|<<)\s*(\[[^\]]*\]|%w[[(][^\])]*[\])]|["'][\w.-]+["'])/.exec(text)
  if (!list?.[1]) return []
  const range = oneLineRange(path, lineOf(text, endOf(list)))
  return (list[1].replace(/^%w/, '').match(/[\w.-]+/g) ?? []).map((name) => {
    const files = ['exe', 'bin'].map((folder) => joinPath(dir, `${folder}/${name}`))
    return { kind: 'binary', name, path: files.find((file) => file !== null && paths.has(file)) ?? null, range }
  })
}

function endOf(match: RegExpExecArray | null): number {
  return match ? match.index + match[0].length - 1 : 0
}

const GEM = /^[ \t]*gem[ \t(]+["']([\w.-]+)["']((?:[ \t]*,[ \t]*["'][^"'\n]*["'])*)/gm

/** Gems a Gemfile names, those in groups for development and tests apart. */
export function gemfileDependencies(path: string, text: string): DependencyFact[] {
  return [...text.matchAll(GEM)].map((match) => {
    const before = text.slice(0, match.index)
    const group = before.slice(Math.max(0, before.lastIndexOf('\ngroup ')))
    const isGrouped = /^\ngroup [^\n]*:(?:development|test)/.test(group) && !/\nend\b/.test(group)
    const rest = text.slice(match.index, text.indexOf('\n', match.index + match[0].length))
    const kind = isGrouped || /group:\s*:?(?:development|test|\[)/.test(rest) ? 'development' : 'runtime'
    const source = oneLineRange(path, lineOf(text, match.index + match[0].length - 1))
    return { name: match[1] ?? '', range: rangeOf(match[2]), kind, source }
  })
}

function rangeOf(list: string | undefined): string {
  return (list?.match(/["'][^"']*["']/g) ?? []).map((one) => one.slice(1, -1)).join(', ') || '*'
}

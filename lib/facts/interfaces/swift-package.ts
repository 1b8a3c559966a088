import type { DependencyFact, EntryPointFact } from '#lib/domain/facts.ts'
import { lineOf, type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'

const PRODUCT = /\.(library|executable)\(\s*name:\s*"([^"\n]+)"(?:[^()"]{0,200}\btargets:\s*\[\s*"([^"\n]+)")?/g
const PROGRAM = /\.executableTarget\(\s*name:\s*"([^"\n]+)"/g
const DEPENDENCY = /\.package\(\s*(?:name:\s*"[^"\n]*"\s*,\s*)?url:\s*"([^"\n]+)"\s*,\s*((?:[^()\n]|\([^()\n]*\))*)/g

/** Reads a Package.swift as far as it states things plainly: its name, what it offers, what it is built on. */
export function swiftManifest({ path, dir, text, paths }: ManifestText): PackageManifest | null {
  const code = text.replace(/^\s*\/\/[^\n]*/gm, (comment) => comment.replace(/[^\n]/g, ' '))
  const name = /\bPackage\(\s*name:\s*"([^"\n]+)"/.exec(code)?.[1]
  if (!name) return null
  const at = (index: number) => oneLineRange(path, lineOf(code, index))
  const products = [...code.matchAll(PRODUCT)].map(({ 1: kind, 2: own = '', 3: target, index }): EntryPointFact => {
    if (kind === 'library') return { kind: 'export', name: own, path: null, range: at(index) }
    return { kind: 'binary', name: own, path: mainOf(dir, target ?? own, paths), range: at(index) }
  })
  const known = new Set(products.map((product) => product.name))
  const programs = [...code.matchAll(PROGRAM)].flatMap(({ 1: own = '', index }): EntryPointFact[] => {
    if (known.has(own)) return []
    return [{ kind: 'main', name: own, path: mainOf(dir, own, paths), range: at(index) }]
  })
  return packageManifest(
    path,
    { kind: 'swift', name },
    { entryPoints: [...products, ...programs], dependencies: dependenciesOf(code, at) },
  )
}

function mainOf(dir: string, target: string, paths: ReadonlySet<string>): string | null {
  const path = `${dir ? `${dir}/` : ''}Sources/${target}/main.swift`
  return paths.has(path) ? path : null
}

function dependenciesOf(code: string, at: (index: number) => DependencyFact['source']): DependencyFact[] {
  const seen = new Set<string>()
  return [...code.matchAll(DEPENDENCY)].flatMap(({ 1: url = '', 2: wanted = '', index }): DependencyFact[] => {
    const name =
      url
        .replace(/\/$|\.git$/g, '')
        .split('/')
        .at(-1) ?? url
    if (seen.has(name)) return []
    seen.add(name)
    return [{ name, range: rangeOf(wanted), kind: 'runtime', source: at(index) }]
  })
}

/** `from: "1.2.0"`, `.upToNextMajor(from: "1.2.0")`, `"1.0.0"..<"2.0.0"`, `exact: "1.2.3"`, `branch: "main"`. */
function rangeOf(wanted: string): string {
  const texts = Array.from(wanted.matchAll(/"([^"\n]*)"/g), ([, text = '']) => text)
  const operator = /\.\.[.<]/.exec(wanted)?.[0]
  if (operator && texts.length >= 2) return `${texts[0]}${operator}${texts[1]}`
  return `${/\bfrom:/.test(wanted) ? '>=' : ''}${texts[0] ?? '*'}`
}

import type { ImportFact } from '#lib/domain/facts.ts'
import type { RawImport } from '#lib/facts/parse/parsed-file.ts'
import { dirOf } from './paths.ts'

/** Directories that may be on the import path besides those the packages of the repository suggest. */
const USUAL_ROOTS = ['', 'src', 'lib', 'python']

/** Resolves imports of Python files: relative, absolute from the roots of the repository's packages, src layout. */
export function pythonResolver(paths: ReadonlySet<string>) {
  const roots = importRoots(paths)
  const directories = new Set([...paths].filter((path) => path.endsWith('.py')).map(dirOf))

  /** One fact per file an import leads to: `from a import b, c` may name submodules and things inside `a`. */
  return function resolve(from: string, raw: RawImport): ImportFact[] {
    const { specifier, names, range } = raw
    const bases = basesOf(specifier, from)
    const target = firstOf(bases, (base) => moduleFile(base))
    const dir = firstOf(bases, (base) => (directories.has(base) ? base : null))
    const facts: ImportFact[] = []
    const inside: string[] = []
    for (const name of names) {
      const submodule = dir !== null && name !== '*' ? moduleFile(joined(dir, name)) : null
      if (submodule) facts.push({ from, to: submodule, specifier, names: ['*'], range })
      else inside.push(name)
    }
    if (inside.length > 0 || facts.length === 0) facts.push({ from, to: target, specifier, names: inside, range })
    return facts
  }

  function basesOf(specifier: string, from: string): string[] {
    const dots = /^\.*/.exec(specifier)?.[0].length ?? 0
    const inner = specifier.slice(dots).replaceAll('.', '/')
    if (dots === 0) return rootsFor(from).map((root) => joined(root, inner))
    let dir: string | null = dirOf(from)
    for (let up = 1; up < dots && dir !== null; up += 1) dir = dir === '' ? null : dirOf(dir)
    return dir === null ? [] : [joined(dir, inner)]
  }

  /** The importing file's own directory counts only for scripts that stand outside every package. */
  function rootsFor(from: string): string[] {
    const own = dirOf(from)
    return paths.has(joined(own, '__init__.py')) ? roots : [...roots, own]
  }

  function moduleFile(base: string): string | null {
    for (const ending of ['/__init__.py', '.py', '/__init__.pyi', '.pyi']) {
      const path = base === '' ? ending.replace(/^[/.]/, '') : base + ending
      if (paths.has(path)) return path
    }
    return null
  }
}

function firstOf<Value>(bases: string[], find: (base: string) => Value | null): Value | null {
  for (const base of bases) {
    const found = find(base)
    if (found !== null) return found
  }
  return null
}

function joined(dir: string, inner: string): string {
  return [dir, inner].filter(Boolean).join('/')
}

/** Directories above top-level packages: where `import package` starts to look. */
function importRoots(paths: ReadonlySet<string>): string[] {
  const roots = new Set(USUAL_ROOTS)
  for (const path of paths) {
    if (!path.endsWith('/__init__.py')) continue
    const above = dirOf(dirOf(path))
    if (!paths.has(joined(above, '__init__.py'))) roots.add(above)
  }
  return [...roots]
}

/** File of a dotted module name, looked for below `dir` and its usual source folders. */
export function pythonModuleFile(paths: ReadonlySet<string>, module: string, dir: string): string | null {
  const inner = module.replaceAll('.', '/')
  const bases = USUAL_ROOTS.map((root) => joined(joined(dir, root), inner))
  const candidates = bases.flatMap((base) => [`${base}/__init__.py`, `${base}.py`])
  return candidates.find((path) => paths.has(path)) ?? null
}

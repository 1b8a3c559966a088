import type { Facts } from '#lib/domain/facts.ts'
import type { ExampleLanguage } from '#lib/score/example-forms.ts'
import type { Ground } from '#lib/score/ground.ts'

/** What an example imports from this repository, or runs of its scripts, that is not there; null when all of it is. */
export function unknownNames(language: ExampleLanguage, code: string, ground: Ground): string | null {
  if (language === 'tsx' || language === 'typescript') return scriptImports(code, ground)
  if (language === 'python') return pythonImports(code, ground)
  if (language === 'go') return goImports(code, ground)
  if (language === 'bash') return shellCommands(code, ground.facts)
  return null
}

function scriptImports(code: string, ground: Ground): string | null {
  const own = namesOfKind(ground.facts, 'npm')
  for (const [, clause = '', specifier = ''] of code.matchAll(/\bimport\s+([^'";]*?)\s*from\s*['"]([^'"]+)['"]/g)) {
    const name = own.find((each) => specifier === each || specifier.startsWith(`${each}/`))
    const list = /\{([^}]*)\}/.exec(clause)?.[1]
    if (!name || list === undefined) continue
    const names = list.split(',').map(
      (each) =>
        each
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/)[0] ?? '',
    )
    const unknown = names.filter((each) => /^[\w$]+$/.test(each) && each !== 'default' && !isOffered(each, ground))
    if (unknown.length > 0) return `"${specifier}" offers no ${unknown.join(', ')}`
  }
  return null
}

function pythonImports(code: string, ground: Ground): string | null {
  for (const [, module = '', list = ''] of code.matchAll(/^\s*(?:>>> )?from ([\w.]+) import \(?([\w, \n]+)\)?/gm)) {
    const path = module.replaceAll('.', '/')
    const root = ['', 'src/', 'lib/'].find((prefix) => isPythonModule(`${prefix}${module.split('.')[0]}`, ground))
    if (root === undefined) continue
    if (!isPythonModule(root + path, ground)) return `there is no module ${module}`
    const names = list
      .split(',')
      .map((each) => each.trim().split(/\s+as\s+/)[0] ?? '')
      .filter((name) => /^\w+$/.test(name))
    const unknown = names.filter(
      (name) => !isOffered(name, ground) && !isPythonModule(`${root}${path}/${name}`, ground),
    )
    if (unknown.length > 0) return `${module} has no ${unknown.join(', ')}`
  }
  return null
}

function isPythonModule(path: string, { text }: Ground): boolean {
  return text.hasPath(`${path}.py`) || text.hasPath(`${path}/__init__.py`)
}

function goImports(code: string, { facts, text }: Ground): string | null {
  const own = namesOfKind(facts, 'go')
  for (const [, path = ''] of code.matchAll(/^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w.-]+\.\w+\/[^"\s]+)"\s*$/gm)) {
    const module = own.find((each) => path.startsWith(`${each}/`))
    if (module && !/^v\d+(?:\/|$)/.test(path.slice(module.length + 1)) && !text.hasPath(path.slice(module.length + 1)))
      return `there is no package ${path}`
  }
  return null
}

/**
 * `npm run`, `yarn run`, `pnpm run` and `make` name scripts of this repository, where it has any. Those of a library or
 * framework are as likely run in the project of whoever uses it.
 */
function shellCommands(code: string, { scripts, repoType }: Facts): string | null {
  if (repoType === 'library' || repoType === 'framework') return null
  const npm = new Set(scripts.filter(({ runner }) => runner === 'npm').map(({ name }) => name))
  const make = new Set(scripts.filter(({ runner }) => runner === 'make').map(({ name }) => name))
  for (const [, runner = '', name = ''] of code.matchAll(/^[$%\s]*(npm run|yarn run|pnpm run|make)\s+([\w:.-]+)/gm)) {
    const known = runner === 'make' ? make : npm
    if (known.size > 0 && !name.startsWith('-') && !known.has(name)) return `there is no script "${name}" for ${runner}`
  }
  return null
}

/** Declared anywhere, or passed on by an import. */
function isOffered(name: string, { symbols, facts }: Ground): boolean {
  return symbols.has(name) || facts.imports.some(({ names }) => names.includes(name))
}

function namesOfKind({ manifests }: Facts, kind: string): string[] {
  return manifests.flatMap((manifest) => (manifest.kind === kind && manifest.name ? [manifest.name] : []))
}

import type { DependencyFact, EntryPointFact } from '#lib/domain/facts.ts'
import { joinPath } from '#lib/facts/imports/paths.ts'
import {
  isAside,
  lineOf,
  type ManifestText,
  oneLineRange,
  type PackageManifest,
  packageManifest,
} from './package-manifest.ts'

const COMMAND = /^[ \t]*(project|add_library|add_executable|find_package)[ \t]*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/gim
/** `set(LIB way)`: the variable that names a target. */
const SET = /^[ \t]*set[ \t]*\([ \t]*(\w+)[ \t]+"?([A-Za-z][\w.+-]*)"?[ \t]*\)/gim
const SOURCE = /\.(?:c|cc|cpp|cxx|m|mm)$/
const OF_TESTS = /(?:^|\/)(?:tests?|fuzz(?:ing)?|bench(?:marks?)?|test_package)\//

/** Reads a CMakeLists.txt: project, targets and packages it looks for. */
export function cmakeManifest({ path, dir, text, paths }: ManifestText): PackageManifest | null {
  if (isAside(path) || OF_TESTS.test(path)) return null
  const written = text.replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length))
  const names = new Map([...written.matchAll(SET)].map(([, variable = '', value = '']) => [variable, value]))
  const code = written.replace(/\$\{(\w+)\}/g, (whole, variable) => names.get(variable) ?? whole)
  const commands = [...code.matchAll(COMMAND)].map((match) => ({
    command: (match[1] ?? '').toLowerCase(),
    words: (match[2] ?? '').match(/"[^"]*"|\S+/g)?.map((word) => word.replace(/^"|"$/g, '')) ?? [],
    range: oneLineRange(path, lineOf(code, match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0) + 1)),
  }))
  const project = commands.find(({ command }) => command === 'project')
  const targets = commands.flatMap(({ command, words, range }): EntryPointFact[] => {
    const name = words[0]
    if (!/^add_/.test(command) || !name || !/^[\w.+-]+$/.test(name)) return []
    if (words.includes('ALIAS') || words.includes('IMPORTED')) return []
    if (command === 'add_executable' && /(?:^|[_-])(?:unit)?tests?(?:[_-]|$)/i.test(name)) return []
    const source = words.slice(1).find((word) => SOURCE.test(word))
    const file = source ? joinPath(dir, source) : null
    if (file !== null && OF_TESTS.test(file)) return []
    const kind = command === 'add_library' ? 'export' : 'main'
    return [{ kind, name, path: file !== null && paths.has(file) ? file : null, range }]
  })
  if (!project && targets.length === 0) return null
  const after = (key: string) => {
    const value = project?.words[project.words.indexOf(key) + 1]
    return project?.words.includes(key) && value && !value.includes('$') ? value : null
  }
  const name = project?.words[0]
  const description = after('DESCRIPTION')
  return packageManifest(
    path,
    { kind: 'cmake', name: name && !name.includes('$') ? name : null, version: after('VERSION'), description },
    {
      descriptionAt: description && project ? project.range : null,
      // A library is declared twice where a condition chooses between static and shared.
      entryPoints: targets.filter(
        (one, at) => targets.findIndex(({ kind, name }) => kind === one.kind && name === one.name) === at,
      ),
      dependencies: commands.flatMap(({ command, words, range }): DependencyFact[] => {
        const wanted = command === 'find_package' ? words[0] : undefined
        if (!wanted || wanted.includes('$') || /^(?:Threads|PkgConfig|Doxygen|Python\w*|Git)$/.test(wanted)) return []
        const version = /^\d/.test(words[1] ?? '') ? (words[1] ?? '*') : '*'
        return [
          { name: wanted, range: version, kind: words.includes('REQUIRED') ? 'build' : 'optional', source: range },
        ]
      }),
    },
  )
}

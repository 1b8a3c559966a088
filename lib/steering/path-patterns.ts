import type { Steering } from '#lib/domain/steering.ts'

/**
 * Whether the documentation is about a file. A pattern names a file or a folder with all below it; `*` stands for anything
 * inside one name, `**` for any folders. What `exclude` names is out; with an `include`, all else is out as well.
 */
export function pathFilter({ include = [], exclude = [] }: NonNullable<Steering['paths']>): (path: string) => boolean {
  const [wanted, unwanted] = [include.map(segmentsOf), exclude.map(segmentsOf)]
  return (path) => {
    const names = path.split('/')
    const isIn = (patterns: string[][]) => patterns.some((pattern) => matches(pattern, names))
    return (wanted.length === 0 || isIn(wanted)) && !isIn(unwanted)
  }
}

/** A folder is all below it. */
function segmentsOf(pattern: string): string[] {
  const names = pattern.split('/').filter((name) => name !== '' && name !== '.')
  return names.at(-1) === '**' ? names : [...names, '**']
}

/** Goes back to the last `**` only: never longer than the product of both lengths. `a/**` also matches `a` itself. */
function matches(pattern: readonly string[], names: readonly string[]): boolean {
  let [at, name, star, marked] = [0, 0, -1, 0]
  while (name < names.length) {
    const wanted = pattern[at]
    if (wanted === '**') {
      ;[star, marked] = [at, name]
      at += 1
    } else if (wanted !== undefined && nameMatches(wanted, names[name] ?? '')) {
      at += 1
      name += 1
    } else if (star >= 0) {
      at = star + 1
      marked += 1
      name = marked
    } else return false
  }
  return pattern.slice(at).every((rest) => rest === '**')
}

/** The same for `*` inside a name. */
function nameMatches(pattern: string, name: string): boolean {
  let [at, char, star, marked] = [0, 0, -1, 0]
  while (char < name.length) {
    if (pattern[at] === '*') {
      ;[star, marked] = [at, char]
      at += 1
    } else if (pattern[at] === name[char]) {
      at += 1
      char += 1
    } else if (star >= 0) {
      at = star + 1
      marked += 1
      char = marked
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}

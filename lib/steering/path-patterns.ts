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

/** `a/**` also matches `a` itself. */
function matches(pattern: readonly string[], names: readonly string[]): boolean {
  return fits({ pattern, given: names, any: '**', isOne: nameMatches })
}

/** `*` stands for anything inside a name. */
function nameMatches(pattern: string, name: string): boolean {
  return fits({ pattern, given: name, any: '*', isOne: (wanted, char) => wanted === char })
}

interface Fit {
  pattern: ArrayLike<string>
  given: ArrayLike<string>
  /** The part of a pattern that stands for any number of the given ones, also none. */
  any: string
  isOne: (wanted: string, given: string) => boolean
}

/** Goes back to the last `any` only: never longer than the product of both lengths. */
function fits({ pattern, given, any, isOne }: Fit): boolean {
  let [at, next, star, marked] = [0, 0, -1, 0]
  while (next < given.length) {
    const wanted = pattern[at]
    if (wanted === any) {
      ;[star, marked] = [at, next]
      at += 1
    } else if (wanted !== undefined && isOne(wanted, given[next] ?? '')) {
      at += 1
      next += 1
    } else if (star >= 0) {
      at = star + 1
      marked += 1
      next = marked
    } else return false
  }
  while (pattern[at] === any) at += 1
  return at === pattern.length
}

import { refNameProblem } from '#lib/domain/ref-name.ts'
import { DocsfyError } from '#lib/errors.ts'

const NAMED = 5

interface Branches {
  wanted: string
  /** Branch that HEAD names, or null. */
  fallback: string | null
  /** Branches there are, in any order; names Git would refuse are left out of the sentence. */
  existing: string[]
}

/** Says that a branch is missing, which one is the default, and a few that exist. */
export function branchMissing({ wanted, fallback, existing }: Branches): DocsfyError {
  const instead = fallback ? `; its default branch is "${fallback}"` : ''
  return unavailable(`Branch "${wanted}" does not exist in this repository${instead}${existingBranches(existing)}`)
}

/** Says that HEAD leads to no commit although there are branches, or that there is nothing at all. */
export function nothingToRead(existing: string[]): DocsfyError {
  if (existing.length === 0)
    return unavailable('The repository is empty: it has no commits yet. Commit something, then try again')
  return unavailable(
    `The default branch of this repository has no commits: choose a branch${existingBranches(existing)}`,
  )
}

function existingBranches(names: string[]): string {
  const fit = names.filter((name) => refNameProblem(name) === null).sort()
  if (fit.length === 0) return ''
  const more = fit.length > NAMED ? ` and ${fit.length - NAMED} more` : ''
  return `. Existing branches: ${fit.slice(0, NAMED).join(', ')}${more}`
}

function unavailable(message: string): DocsfyError {
  return new DocsfyError('repository_unavailable', message)
}

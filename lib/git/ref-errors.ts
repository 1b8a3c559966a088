import { refNameProblem } from '#lib/domain/ref-name.ts'
import { DocsfyError } from '#lib/errors.ts'
import { resembling } from './resembling.ts'

const NAMED = 5

interface Names {
  wanted: string
  /** Branch that HEAD names, or null. */
  fallback: string | null
  /** Branches there are, in any order; names Git would refuse are left out of the sentence. */
  branches: string[]
  tags: string[]
}

/** Says that nothing has the wanted name, what resembles it, which branch is the default, and a few that exist. */
export function refMissing({ wanted, fallback, branches, tags }: Names): DocsfyError {
  const instead = fallback ? `; its default branch is "${fallback}"` : ''
  const similar = resembling(wanted, usable([...branches, ...tags])).slice(0, NAMED)
  const meant = similar.length > 0 ? `. Similar: ${similar.join(', ')}` : ''
  return unavailable(
    `No branch, tag or commit "${wanted}" exists in this repository${instead}${meant}${existing(branches)}`,
  )
}

/** Says that a short commit id could mean several commits. */
export function ambiguousCommit(wanted: string, commits: string[]): DocsfyError {
  const some = commits.slice(0, NAMED).map((commit) => commit.slice(0, 12))
  return unavailable(`"${wanted}" is the beginning of ${commits.length} commits: give more of it. ${some.join(', ')}`)
}

/** Says that a tag leads to a file or a folder, which cannot be documented. */
export function notACommit(wanted: string): DocsfyError {
  return unavailable(`"${wanted}" names something other than a commit: choose a branch, a tag of a commit, or a commit`)
}

/** Says that HEAD leads to no commit although there are branches, or that there is nothing at all. */
export function nothingToRead(branches: string[]): DocsfyError {
  if (branches.length === 0)
    return unavailable('The repository is empty: it has no commits yet. Commit something, then try again')
  return unavailable(`The default branch of this repository has no commits: choose a branch${existing(branches)}`)
}

function existing(branches: string[]): string {
  const fit = usable(branches)
  if (fit.length === 0) return ''
  const more = fit.length > NAMED ? ` and ${fit.length - NAMED} more` : ''
  return `. Existing branches: ${fit.slice(0, NAMED).join(', ')}${more}`
}

function usable(names: string[]): string[] {
  return names.filter((name) => refNameProblem(name) === null).sort()
}

function unavailable(message: string): DocsfyError {
  return new DocsfyError('repository_unavailable', message)
}

import type { GitEngine } from '#lib/domain/job.ts'
import { DocsfyError } from '#lib/errors.ts'
import { type GitVersion, isAtLeast } from './system-git.ts'

/**
 * `auto` takes the git program where it is new enough: a first fetch takes it less time and memory (`bench -- git`).
 * Before 2.37 git cannot be told which address to dial, so that the checked one might not be the dialled one.
 */
export function chooseEngine(wanted: GitEngine, version: GitVersion | null): 'builtin' | 'system' {
  const fits = isAtLeast(version, 2, 37)
  if (wanted !== 'system') return wanted === 'auto' && fits ? 'system' : 'builtin'
  if (fits) return 'system'
  const found = version ? `git ${version.major}.${version.minor} is installed` : 'git is not installed'
  throw new DocsfyError(
    'unavailable',
    `GIT_ENGINE is "system", but ${found} on this server: install git 2.37 or newer, or set GIT_ENGINE to "auto"`,
  )
}

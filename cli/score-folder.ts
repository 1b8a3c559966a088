import { basename } from 'node:path'
import { config } from '#lib/config.ts'
import { projectName } from '#lib/domain/repo-url.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { isDocsfyError } from '#lib/errors.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { type Score, scoreDocumentation } from '#lib/score/score-documentation.ts'

export interface ScoreFolder {
  /** Absolute path of the documentation. */
  target: string
  /** Absolute path of a local repository. */
  repository: string
  branch: string | null
  signal: AbortSignal
}

/** Scores a folder against a local repository, read as Git objects. Throws a DocsfyError for what cannot be read. */
export async function scoreFolder({ target, repository, branch, signal }: ScoreFolder): Promise<Score> {
  const limits = { maxRepoFiles: config().maxRepoFiles }
  const source = await openLocalRepository({ path: repository, branch })
  const snapshot = await openSnapshot({ ...source, limits, signal })
  const name = projectName(basename(repository).replace(/\.git$/, ''))
  const facts = await extractFacts({ snapshot, name, signal, progress: () => {} })
  const history = (commit: string): Promise<Snapshot | null> =>
    openSnapshot({ ...source, commit, limits, signal }).catch((error) => {
      if (isDocsfyError(error) && error.code === 'repository_unavailable') return null
      throw error
    })
  return await scoreDocumentation({ target, snapshot, facts, history, signal })
}

import type { NetworkRules, RepositoryCredential, RepositorySource } from '#lib/domain/job.ts'
import { openLocalRepository } from './open-local.ts'
import { remoteTarget } from './remote-target.ts'
import { withEngine } from './with-engine.ts'

/** The list of refs is all that is asked for. */
const MAX_LIST_BYTES = 64 * 1024 * 1024

/** Which commit a branch ends in; plain data, so that it can be sent to a worker process. */
export interface HeadQuestion {
  source: RepositorySource
  /** A branch, a tag, a full ref name or a commit id; null: the branch HEAD of the repository names. */
  branch: string | null
  network: NetworkRules
  /** Secret: sent to the worker through its channel only. */
  credential: RepositoryCredential | null
  timeoutMs: number
}

/** The commit a branch ends in now, asked for without fetching anything; null for a short commit id. Throws as fetching does. */
export async function remoteHead(question: HeadQuestion, signal: AbortSignal): Promise<string | null> {
  const { source, branch, network, credential, timeoutMs } = question
  if (source.kind === 'local')
    return (await openLocalRepository({ path: source.path, branch, roots: source.roots })).commit
  const limits = { maxRepoBytes: MAX_LIST_BYTES, cloneTimeoutMs: timeoutMs }
  const request = { url: source.url, limits, network, credential, signal, progress: () => undefined }
  return await withEngine(request, async (engine) => (await remoteTarget(engine.listRefs, branch)).commit)
}

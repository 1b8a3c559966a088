import type { NetworkRules, RepositoryCredential } from '#lib/domain/job.ts'
import type { Engine } from './engine.ts'
import { engineFor } from './engine-for.ts'
import { fetchError } from './fetch-errors.ts'
import { remoteTarget } from './remote-target.ts'

const MAX_BYTES = 10_000_000
const TIMEOUT_MS = 30_000

export interface DefaultBranch {
  url: string
  network: NetworkRules
  credential?: RepositoryCredential | null
  signal: AbortSignal
}

/** The branch HEAD of a remote repository names, asked without fetching anything. Throws as fetchRepository does. */
export async function defaultBranch({ url, network, credential = null, signal }: DefaultBranch): Promise<string> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS)
  const either = AbortSignal.any([signal, deadline])
  const limits = { maxRepoBytes: MAX_BYTES, cloneTimeoutMs: TIMEOUT_MS }
  let engine: Engine | null = null
  try {
    engine = await engineFor({ url, credential, network, limits, signal: either, progress: () => {} })
    return (await remoteTarget(engine.listRefs, null)).branch
  } catch (error) {
    throw fetchError(engine?.failure() ?? error, { url, signal, deadline, timeoutMs: TIMEOUT_MS, credential })
  } finally {
    engine?.close()
  }
}

import type { NetworkRules } from '#lib/domain/job.ts'
import { fetchError } from './fetch-errors.ts'
import { guardedHttp } from './http-plugin.ts'
import { remoteTarget } from './remote-target.ts'

const MAX_BYTES = 10_000_000
const TIMEOUT_MS = 30_000

export interface DefaultBranch {
  url: string
  network: NetworkRules
  signal: AbortSignal
}

/** The branch HEAD of a remote repository names, asked without fetching anything. Throws as fetchRepository does. */
export async function defaultBranch({ url, network, signal }: DefaultBranch): Promise<string> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS)
  const http = guardedHttp({ network, maxBytes: MAX_BYTES, signal: AbortSignal.any([signal, deadline]) })
  try {
    return (await remoteTarget({ url, http }, null)).branch
  } catch (error) {
    throw fetchError(http.failure() ?? error, { url, signal, deadline, timeoutMs: TIMEOUT_MS })
  } finally {
    http.close()
  }
}

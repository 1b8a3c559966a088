import type { Limits, NetworkRules, RepositoryCredential } from '#lib/domain/job.ts'
import { parseRepoAddress } from '#lib/domain/repo-url.ts'
import { DocsfyError } from '#lib/errors.ts'
import type { Engine, FetchProgress } from './engine.ts'
import { engineFor } from './engine-for.ts'
import { fetchError } from './fetch-errors.ts'

export interface RemoteRequest {
  url: string
  limits: Pick<Limits, 'maxRepoBytes' | 'cloneTimeoutMs'>
  network: NetworkRules
  /** For this repository only. */
  credential?: RepositoryCredential | null
  signal: AbortSignal
  progress: FetchProgress
}

/**
 * Works with a remote repository within the time limit, and closes every connection afterwards. `signal` ends with the
 * request's and with the time. Throws `refused_address`, `repository_unavailable`, `limit_reached`, `timed_out` or `aborted`.
 */
export async function withEngine<Value>(
  request: RemoteRequest,
  work: (engine: Engine, signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const { limits, network, progress, credential = null } = request
  const url = fetchUrl(request.url)
  const deadline = AbortSignal.timeout(limits.cloneTimeoutMs)
  const signal = AbortSignal.any([request.signal, deadline])
  let engine: Engine | null = null
  try {
    if (credential) refuseInClear(url, network)
    engine = await engineFor({ url, credential, limits, network, signal, progress })
    return await work(engine, signal)
  } catch (error) {
    const circumstances = { url, signal: request.signal, deadline, timeoutMs: limits.cloneTimeoutMs, credential }
    throw fetchError(engine?.failure() ?? error, circumstances)
  } finally {
    engine?.close()
  }
}

function fetchUrl(text: string): string {
  const parsed = parseRepoAddress(text)
  if (!parsed.ok) throw new DocsfyError('refused_address', parsed.reason)
  return parsed.address.fetchUrl
}

function refuseInClear(url: string, { allowPrivateHosts }: NetworkRules): void {
  if (url.startsWith('http:') && !allowPrivateHosts)
    throw new DocsfyError('refused_address', 'A user name or token is only sent over https: use the https address')
}

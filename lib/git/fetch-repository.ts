import { rm } from 'node:fs/promises'
import { fetch, type ProgressCallback } from 'isomorphic-git'
import type { Limits, NetworkRules } from '#lib/domain/job.ts'
import { parseRepoAddress } from '#lib/domain/repo-url.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { breather } from './breather.ts'
import { fetchError } from './fetch-errors.ts'
import { type GuardedHttp, guardedHttp } from './http-plugin.ts'
import { guardedFileSystem } from './pack-guard.ts'
import { type RemoteTarget, remoteTarget } from './remote-target.ts'
import { holdsWhole, LATEST_REF, privateStore, publish } from './store.ts'
import { askingForThinPacks } from './thin-pack.ts'

const PROGRESS_INTERVAL_MS = 250
const INDEX_PHASES: Record<string, string> = {
  'Receiving objects': 'Indexing objects',
  'Resolving deltas': 'Resolving deltas',
}

/** Progress in words and, where it is known, numbers. */
export type FetchProgress = (message: string, done?: number, total?: number) => void

export interface FetchRepository {
  url: string
  /** Null: the branch HEAD of the repository names. */
  branch: string | null
  /** Bare object store of this repository; made when missing, remade when damaged. */
  storeDir: string
  limits: Pick<Limits, 'maxRepoBytes' | 'maxRepoFiles' | 'cloneTimeoutMs'>
  network: NetworkRules
  signal: AbortSignal
  progress: FetchProgress
}

export interface OpenedRepository {
  gitDir: string
  commit: string
  /** For a HEAD that names no branch: the short commit id. */
  branch: string
}

/**
 * Brings the newest commit of a branch, without its history, into a bare object store; an unchanged commit fetches
 * nothing. Throws `refused_address`, `repository_unavailable`, `limit_reached`, `timed_out` or `aborted`.
 */
export async function fetchRepository(request: FetchRepository): Promise<OpenedRepository> {
  const { signal, limits, network, progress } = request
  const url = fetchUrl(request.url)
  const deadline = AbortSignal.timeout(limits.cloneTimeoutMs)
  const either = AbortSignal.any([signal, deadline])
  const http = guardedHttp({
    network,
    maxBytes: limits.maxRepoBytes,
    signal: either,
    onBytes: bytesProgress(progress),
  })
  try {
    progress('Asking the repository for its branches')
    const target = await remoteTarget({ url, http }, request.branch)
    return await bring({ request, url, http, target, signal: either })
  } catch (error) {
    const cause = http.failure() ?? error
    throw fetchError(cause, { url, signal, deadline, timeoutMs: limits.cloneTimeoutMs })
  } finally {
    http.close()
  }
}

function fetchUrl(text: string): string {
  const parsed = parseRepoAddress(text)
  if (!parsed.ok) throw new DocsfyError('refused_address', parsed.reason)
  if (parsed.address.protocol === 'ssh')
    throw new DocsfyError('refused_address', 'Addresses over ssh are not supported yet: use the https address')
  return parsed.address.fetchUrl
}

interface Bringing {
  request: FetchRepository
  url: string
  http: GuardedHttp
  target: RemoteTarget
  signal: AbortSignal
}

/** First on top of what the store has; a store that is empty, damaged or too scattered is made anew. */
async function bring(work: Bringing): Promise<OpenedRepository> {
  const { request, target, signal } = work
  const { storeDir, limits, progress } = request
  const opened = { gitDir: storeDir, branch: target.branch }
  if (await holdsWhole({ storeDir, commit: target.commit, limits, signal })) {
    progress('The newest commit is already here')
    return { ...opened, commit: target.commit }
  }
  const commit = (await receive(work, true)) ?? (await receive(work, false))
  if (commit) return { ...opened, commit }
  throw new DocsfyError('repository_unavailable', 'The server sent an incomplete commit: try again later')
}

/** Fetches into a private store and publishes it when the commit is whole; null when it is not. */
async function receive(work: Bringing, seeded: boolean): Promise<string | null> {
  const { request, http, signal } = work
  const { storeDir, limits } = request
  const folder = await privateStore(storeDir, seeded)
  if (!folder) return null
  try {
    const commit = await fetchInto(folder, work)
    if (!commit || !(await holdsWhole({ storeDir: folder, commit, limits, signal }))) return null
    await publish(folder, { storeDir, commit })
    return commit
  } catch (error) {
    if (seeded && !signal.aborted && !http.failure() && !isDocsfyError(error)) return null
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function fetchInto(folder: string, { request, url, http, target, signal }: Bringing): Promise<string | null> {
  const guard = { maxBytes: request.limits.maxRepoBytes, breathe: breather(signal) }
  const { fetchHead } = await fetch({
    fs: guardedFileSystem(guard),
    http: askingForThinPacks(http),
    gitdir: folder,
    url,
    ref: LATEST_REF,
    remoteRef: target.ref,
    singleBranch: true,
    tags: false,
    depth: 1,
    onProgress: indexProgress(request.progress),
  })
  if (http.failure()) throw http.failure()
  return fetchHead
}

/** Isomorphic-git counts objects from zero, and its total is one short. Other phases are words of the server. */
function indexProgress(progress: FetchProgress): ProgressCallback {
  let toldAt = 0
  return ({ phase, loaded, total }) => {
    const words = INDEX_PHASES[phase]
    if (!words || (loaded < total && performance.now() - toldAt < PROGRESS_INTERVAL_MS)) return
    toldAt = performance.now()
    progress(words, loaded + 1, total + 1)
  }
}

/** Tells how much has arrived each time another megabyte has. */
function bytesProgress(progress: FetchProgress): (received: number) => void {
  let told = 0
  return (received) => {
    const megabytes = Math.floor(received / 1e6)
    if (megabytes <= told) return
    told = megabytes
    progress(`Received ${megabytes} MB`)
  }
}

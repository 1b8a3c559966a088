import { rm } from 'node:fs/promises'
import type { Limits, NetworkRules, RepositoryCredential } from '#lib/domain/job.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import type { Engine, FetchProgress } from './engine.ts'
import { ObjectStore } from './object-store.ts'
import { ambiguousCommit, notACommit } from './ref-errors.ts'
import { missingFrom, type RemoteTarget, remoteTarget } from './remote-target.ts'
import { commitBehind } from './snapshot.ts'
import { arrivedWhole, holdsWhole, privateStore, publish } from './store.ts'
import { withEngine } from './with-engine.ts'

export interface FetchRepository {
  url: string
  /** A branch, a tag, a full ref name or a commit id; null: the branch HEAD of the repository names. */
  branch: string | null
  /** Bare object store of this repository; made when missing, remade when damaged. */
  storeDir: string
  limits: Pick<Limits, 'maxRepoBytes' | 'maxRepoFiles' | 'cloneTimeoutMs'>
  network: NetworkRules
  /** For this repository only. */
  credential?: RepositoryCredential | null
  signal: AbortSignal
  progress: FetchProgress
}

export interface OpenedRepository {
  gitDir: string
  commit: string
  /** As it was asked for; for a HEAD that names no branch the short commit id. */
  branch: string
}

/**
 * Brings the commit a name means, without its history, into a bare object store; an unchanged commit fetches nothing.
 * Throws `refused_address`, `repository_unavailable`, `limit_reached`, `timed_out` or `aborted`.
 */
export function fetchRepository(request: FetchRepository): Promise<OpenedRepository> {
  return withEngine(request, async (engine, signal) => {
    request.progress('Asking the repository for its branches')
    const target = await remoteTarget(engine.listRefs, request.branch)
    return await bring({ request, engine, target, signal })
  })
}

interface Bringing {
  request: FetchRepository
  engine: Engine
  target: RemoteTarget
  signal: AbortSignal
}

/** First on top of what the store has; a store that is empty, damaged or too scattered is made anew. */
async function bring(work: Bringing): Promise<OpenedRepository> {
  const { request, target, signal } = work
  const { storeDir, limits, progress } = request
  const opened = { gitDir: storeDir, branch: target.branch }
  if (target.commit && (await holdsWhole({ storeDir, commit: target.commit, limits, signal }))) {
    progress('This commit is already here')
    return { ...opened, commit: target.commit }
  }
  if (target.commit === null) return { ...opened, commit: await search(work, target.want) }
  const commit = (await receive(work, { want: target.want, seeded: true })) ?? (await receiveAnew(work, target.want))
  return { ...opened, commit }
}

async function receiveAnew(work: Bringing, want: string): Promise<string> {
  const commit = await receive(work, { want, seeded: false })
  if (commit) return commit
  if (!want.startsWith('refs/') && want !== 'HEAD') return search(work, want)
  throw new DocsfyError('repository_unavailable', 'The server sent an incomplete commit: try again later')
}

/** Fetches into a private store and publishes it when the commit is whole; null when it is not. */
async function receive(
  { request, engine, signal }: Bringing,
  { want, seeded }: { want: string; seeded: boolean },
): Promise<string | null> {
  const { storeDir, limits } = request
  const folder = await privateStore(storeDir, seeded)
  if (!folder) return null
  try {
    const id = await engine.fetchOne(folder, want)
    const commit = id && commitIn(folder, id, want)
    if (!commit || !(await arrivedWhole({ storeDir: folder, commit, limits, signal }, limits.maxRepoBytes))) return null
    await publish(folder, { storeDir, commit })
    return commit
  } catch (error) {
    if (seeded && !signal.aborted && !engine.failure() && !isDocsfyError(error)) return null
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The commit behind an object that may be a tag; null when it did not come, or the store it came into is damaged. */
function commitIn(folder: string, id: string, want: string): string | null {
  let commit: string | null
  try {
    commit = commitBehind(new ObjectStore(folder), id)
  } catch {
    return null
  }
  if (!commit) throw notACommit(want.replace(/^refs\/(?:heads|tags)\//, ''))
  return commit
}

/** Looks through the history for a commit the server did not give by this id: it may be short, or the server strict. */
async function search(work: Bringing, id: string): Promise<string> {
  const { request, engine, signal } = work
  const { storeDir, limits, progress } = request
  progress('Looking for the commit in the history of all branches')
  const folder = await privateStore(storeDir, false)
  if (!folder) throw new Error('A private store that starts empty is always made')
  try {
    await engine.fetchHistory(folder)
    const [commit, another, ...more] = new ObjectStore(folder).commitsBeginningWith(id)
    if (!commit) throw await missingFrom(engine.listRefs, request.branch ?? id)
    if (another) throw ambiguousCommit(request.branch ?? id, [commit, another, ...more])
    if (await holdsWhole({ storeDir: folder, commit, limits, signal })) {
      await publish(folder, { storeDir, commit })
      return commit
    }
    const received = await receive(work, { want: commit, seeded: false })
    if (received) return received
    throw new DocsfyError(
      'repository_unavailable',
      `The server does not give the commit ${id}: choose a branch or a tag`,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

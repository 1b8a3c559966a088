import type { Limits, NetworkRules, RepositoryCredential } from '#lib/domain/job.ts'
import type { ResolveHost } from './address-guard.ts'
import type { ListRefs } from './remote-target.ts'

/** Progress in words and, where it is known, numbers. */
export type FetchProgress = (message: string, done?: number, total?: number) => void

export interface EngineOptions {
  /** Address without credentials. */
  url: string
  credential: RepositoryCredential | null
  limits: Pick<Limits, 'maxRepoBytes' | 'cloneTimeoutMs'>
  network: NetworkRules
  /** Aborted when a person stopped the run or the fetch took too long. */
  signal: AbortSignal
  progress: FetchProgress
  /** Default: the resolver of the system. */
  resolveHost?: ResolveHost
}

/** How one remote repository is asked and its objects brought here. Folders are private bare stores with nothing to run in them. */
export interface Engine extends Fetcher {
  listRefs: ListRefs
  /** The first failure of a connection, for libraries that hide it. */
  failure(): unknown
  /** Ends every connection and process that is still there. */
  close(): void
}

/** The half of an engine that brings objects. */
export interface Fetcher {
  /**
   * Brings the object a full ref name or commit id means into `folder`, without its history, as packs. Answers the id of
   * what was asked for, perhaps a tag's; it does not come when the server gives no commit by its id.
   */
  fetchOne(folder: string, want: string): Promise<string | null>
  /** Brings at least the commits of all branches and tags into `folder`. */
  fetchHistory(folder: string): Promise<void>
}

import { cacheDir, config, environmentCredential, networkRules } from '#lib/config.ts'
import type { Facts } from '#lib/domain/facts.ts'
import { factsFolder } from '#lib/domain/folders.ts'
import { refNameProblem } from '#lib/domain/ref-name.ts'
import { DocsfyError } from '#lib/errors.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { fetchRepository } from '#lib/git/fetch-repository.ts'
import { ObjectStore } from '#lib/git/object-store.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { cacheFolders, lockCache } from './build-cache.ts'
import { printNote } from './output.ts'
import { type RepositoryArgument, repositoryArgument } from './repository-argument.ts'

export interface RepositoryRequest {
  /** An address, or the path of a local repository. */
  repository: string
  branch: string | null
  signal: AbortSignal
  progress: (message: string, done?: number, total?: number) => void
}

export interface FactsRequest extends RepositoryRequest {
  /** Read every file anew and keep nothing. */
  fresh: boolean
}

export interface RepositoryFacts {
  facts: Facts
  branch: string
  /** Milliseconds until the commit was here and its files were listed, and of everything after that. */
  openedMs: number
  factsMs: number
}

/**
 * The facts of a repository at the tip of a branch, once no build of it is at work, which may replace all that is read
 * here. Throws a DocsfyError for what cannot be read.
 */
export async function repositoryFacts(request: FactsRequest): Promise<RepositoryFacts> {
  return await whenUnbuilt({ ...request, provider: '', model: '' }, async (place) => await factsAt(place, request))
}

async function factsAt(place: Place, request: FactsRequest): Promise<RepositoryFacts> {
  const { fresh, signal, progress } = request
  const startedMs = performance.now()
  const { repository, folders } = place
  const { snapshot } = await openRepository(request, place)
  const openedMs = performance.now()
  const cacheDir = fresh ? null : factsFolder(folders.storeDir)
  const facts = await extractFacts({ snapshot, name: repository.name, signal, progress, cacheDir })
  return {
    facts,
    branch: snapshot.branch,
    openedMs: openedMs - startedMs,
    factsMs: performance.now() - openedMs,
  }
}

/** Which repository is meant, and where `docsfy build` keeps what it knows of it. */
export type Place = Awaited<ReturnType<typeof placeOf>>

type PlaceRequest = RepositoryRequest & { provider: string; model: string }

/** Reads what a build of the repository may replace, once none is at work; none begins before that has ended. */
export async function whenUnbuilt<T>(request: PlaceRequest, read: (place: Place) => Promise<T>): Promise<T> {
  const place = await placeOf(request)
  const release = await lockCache(place.folders.lockFile, request.signal, () =>
    printNote('Waiting for a build of this repository to end'),
  )
  try {
    return await read(place)
  } finally {
    release()
  }
}

/** Throws `invalid_input`. */
async function placeOf(request: PlaceRequest) {
  const problem = request.branch === null ? null : refNameProblem(request.branch)
  if (problem) throw new DocsfyError('invalid_input', problem)
  const repository = await repositoryArgument(request.repository, process.cwd())
  return { repository, folders: cacheFolders({ ...request, cacheDir: cacheDir(), id: repository.id }) }
}

/** A repository at the tip of a branch. */
export async function openRepository(request: RepositoryRequest, { repository, folders }: Place) {
  const source = await locate(repository, folders.storeDir, request)
  const limits = { maxRepoFiles: config().maxRepoFiles }
  const snapshot = await openSnapshot({ ...source, limits, signal: request.signal })
  const objects = new ObjectStore(source.gitDir)
  return { snapshot, hasCommit: (commit: string) => objects.has(commit) }
}

async function locate({ source, credential }: RepositoryArgument, storeDir: string, request: RepositoryRequest) {
  const { branch, signal, progress } = request
  if (source.kind === 'local') return await openLocalRepository({ path: source.path, branch })
  const { maxRepoBytes, maxRepoFiles, cloneTimeoutMs } = config()
  return await fetchRepository({
    url: source.url,
    branch,
    storeDir,
    limits: { maxRepoBytes, maxRepoFiles, cloneTimeoutMs },
    network: networkRules(),
    credential: credential ?? environmentCredential(),
    signal,
    progress,
  })
}

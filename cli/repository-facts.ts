import { cacheDir, config, networkRules } from '#lib/config.ts'
import type { Facts } from '#lib/domain/facts.ts'
import { factsFolder } from '#lib/domain/folders.ts'
import { refNameProblem } from '#lib/domain/ref-name.ts'
import { DocsfyError } from '#lib/errors.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { fetchRepository } from '#lib/git/fetch-repository.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { cacheFolders } from './build-cache.ts'
import { type RepositoryArgument, repositoryArgument } from './repository-argument.ts'

export interface FactsRequest {
  /** An address, or the path of a local repository. */
  repository: string
  branch: string | null
  /** Read every file anew and keep nothing. */
  fresh: boolean
  signal: AbortSignal
  progress: (message: string, done?: number, total?: number) => void
}

export interface RepositoryFacts {
  facts: Facts
  branch: string
  /** Milliseconds until the commit was here and its files were listed, and of everything after that. */
  openedMs: number
  factsMs: number
}

/** The facts of a repository at the tip of a branch. Throws a DocsfyError for what cannot be read. */
export async function repositoryFacts(request: FactsRequest): Promise<RepositoryFacts> {
  const { branch, fresh, signal, progress } = request
  const problem = branch === null ? null : refNameProblem(branch)
  if (problem) throw new DocsfyError('invalid_input', problem)
  const startedMs = performance.now()
  const repository = await repositoryArgument(request.repository, process.cwd())
  const { storeDir } = cacheFolders({ cacheDir: cacheDir(), id: repository.id, branch, provider: '', model: '' })
  const source = await locate(repository, storeDir, request)
  const snapshot = await openSnapshot({ ...source, limits: { maxRepoFiles: config().maxRepoFiles }, signal })
  const openedMs = performance.now()
  const folder = fresh ? null : factsFolder(storeDir)
  const facts = await extractFacts({ snapshot, name: repository.name, signal, progress, cacheDir: folder })
  return {
    facts,
    branch: source.branch,
    openedMs: openedMs - startedMs,
    factsMs: performance.now() - openedMs,
  }
}

async function locate({ source }: RepositoryArgument, storeDir: string, { branch, signal, progress }: FactsRequest) {
  if (source.kind === 'local') return await openLocalRepository({ path: source.path, branch })
  const { maxRepoBytes, maxRepoFiles, cloneTimeoutMs } = config()
  return await fetchRepository({
    url: source.url,
    branch,
    storeDir,
    limits: { maxRepoBytes, maxRepoFiles, cloneTimeoutMs },
    network: networkRules(),
    signal,
    progress,
  })
}

import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { atomicWrite } from '#lib/atomic-write.ts'
import { aiAccess, cacheDir, config, environmentCredential, networkRules } from '#lib/config.ts'
import type { Job, Outcome } from '#lib/domain/job.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import { ownPurse } from '#lib/domain/own-purse.ts'
import { refNameProblem } from '#lib/domain/ref-name.ts'
import { projectName, splitUserinfo } from '#lib/domain/repo-url.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { NOTHING_SPENT, type Spending } from '#lib/domain/spending.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { runPipeline } from '#lib/pipeline.ts'
import { singleFile } from '#lib/site/single-file.ts'
import { siteReader } from '#lib/site/site-reader.ts'
import { readReady } from '#lib/variant-folder.ts'
import { writerFor } from '#lib/writers/registry.ts'
import { cacheFolders, lockCache, pruneSites } from './build-cache.ts'
import type { BuildReport } from './build-report.ts'
import { printNote } from './output.ts'
import type { Progress } from './progress.ts'
import { type RepositoryArgument, repositoryArgument } from './repository-argument.ts'
import { publishSite, siteTarget } from './site-folder.ts'

/**
 * A fifth less memory at its peak for a twentieth more time: V8 otherwise takes what the machine has. Not for an update,
 * which would take a tenth more time.
 */
const HEAP_GROWTH = '--heap-growing-percent=60'

export interface BuildRequest {
  repository: string
  /** Folder the site is put in. */
  out: string
  branch: string | null
  provider: string
  model: string
  repoType: RepoType | null
  force: boolean
  /** Address the site will be read at; null: not known. */
  siteAddress: string | null
  /** File that gets the whole site as one HTML document; null: none is made. */
  singleFile: string | null
}

export interface BuildTools {
  signal: AbortSignal
  progress: Progress
}

export interface Built {
  report: BuildReport
  upToDate: boolean
  /** Why the status is not ready; null when it is. */
  message: string | null
}

/** A repository in, a site out, without a server. Throws for a request that cannot be started; later failures are a status. */
export async function buildSite(request: BuildRequest, { signal, progress }: BuildTools): Promise<Built> {
  const startedMs = performance.now()
  checkBranch(request.branch)
  const repository = await repositoryArgument(request.repository, process.cwd())
  const purse = ownPurse(config().budgets.run)
  const writer = writerFor({ ...request, purse, ai: aiAccess(request.provider, { dataDir: cacheDir() }) })
  const target = await siteTarget(request.out)
  const folders = cacheFolders({ ...request, cacheDir: cacheDir(), id: repository.id })
  const release = await lockCache(folders.lockFile, signal, () =>
    printNote('Waiting for another build of this repository to end'),
  )
  try {
    if (request.force || !(await readReady(folders.variantDir))) setFlagsFromString(HEAP_GROWTH)
    const tell = (event: RunEvent) => {
      purse.note(event)
      progress.event(event)
    }
    const tools = { signal, writer, progress: tell }
    const outcome = await runPipeline(jobOf(request, repository, folders), tools, logUnexpected)
    if (outcome.siteDir !== null) {
      await publishSite({ siteDir: outcome.siteDir, target })
      await pruneSites(folders.variantDir, outcome.siteDir)
      if (request.singleFile !== null) await exportSite(outcome.siteDir, request.singleFile)
    }
    const report = reportOf({ request, repository, outcome, target, spent: purse.spent() })
    const duration_ms = Math.round(performance.now() - startedMs)
    return { report: { ...report, duration_ms }, upToDate: outcome.upToDate, message: outcome.message }
  } finally {
    release()
  }
}

async function exportSite(siteDir: string, file: string): Promise<void> {
  const text = await singleFile(siteReader(siteDir))
  await atomicWrite(file, text).catch((cause) => {
    throw new DocsfyError(
      'invalid_input',
      `The site could not be written as one file to ${file}: choose another place`,
      { cause },
    )
  })
}

/** The report of a build that could not be started. */
export function notStarted(request: BuildRequest): BuildReport {
  const { repository, branch, provider, model } = request
  return {
    status: 'error',
    name: projectName(basename(splitUserinfo(repository).address)),
    branch,
    provider,
    model,
    commit: null,
    repo_type: null,
    page_count: 0,
    total_pages: 0,
    warnings: [],
    site: null,
    duration_ms: 0,
    stages: [],
    spent: NOTHING_SPENT,
  }
}

function checkBranch(branch: string | null): void {
  const problem = branch === null ? null : refNameProblem(branch)
  if (problem) throw new DocsfyError('invalid_input', problem)
}

function jobOf(request: BuildRequest, repository: RepositoryArgument, folders: ReturnType<typeof cacheFolders>): Job {
  const settings = config()
  const { branch, provider, model, force, repoType, siteAddress } = request
  return {
    runId: randomUUID(),
    source: repository.source,
    branch,
    projectName: repository.name,
    provider,
    model,
    force,
    repoType,
    storeDir: folders.storeDir,
    variantDir: folders.variantDir,
    siteAddress,
    limits: {
      maxRepoBytes: settings.maxRepoBytes,
      maxRepoFiles: settings.maxRepoFiles,
      cloneTimeoutMs: settings.cloneTimeoutMs,
      maxConcurrentPages: settings.maxConcurrentPages,
    },
    network: networkRules(),
    ai: aiAccess(provider, { dataDir: cacheDir() }),
    credential: repository.credential ?? environmentCredential(),
  }
}

interface Ended {
  request: BuildRequest
  repository: RepositoryArgument
  outcome: Outcome
  target: string
  spent: Spending
}

function reportOf({ request, repository, outcome, target, spent }: Ended): BuildReport {
  return {
    status: outcome.status,
    name: repository.name,
    branch: outcome.branch ?? request.branch,
    provider: request.provider,
    model: request.model,
    commit: outcome.commit,
    repo_type: outcome.repoType,
    page_count: outcome.pageCount,
    total_pages: outcome.totalPages,
    warnings: outcome.warnings,
    site: outcome.siteDir === null ? null : target,
    duration_ms: outcome.durationMs,
    stages: outcome.stages,
    spent,
  }
}

function logUnexpected(error: unknown): void {
  if (!isDocsfyError(error)) log.error('the build failed unexpectedly', { error })
}

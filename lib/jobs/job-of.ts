import { createHash } from 'node:crypto'
import type { ClaimedRun } from '#db/queries/queue.ts'
import { aiAccess, config, networkRules } from '#lib/config.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import type { Job } from '#lib/domain/job.ts'
import { HEAD_BRANCH } from '#lib/domain/ref-name.ts'
import { parseRepoAddress } from '#lib/domain/repo-url.ts'
import type { VariantIdentity } from '#lib/domain/variant.ts'

/** What is said of a run that is to work. */
export type JobOfRun = Pick<
  ClaimedRun,
  'runId' | 'owner' | 'name' | 'canonicalUrl' | 'kind' | 'branch' | 'provider' | 'model' | 'force' | 'repoType'
>

export function identityOfRun(run: VariantIdentity): VariantIdentity {
  return { owner: run.owner, name: run.name, branch: run.branch, provider: run.provider, model: run.model }
}

/** Everything the worker of a claimed run needs to know. */
export function jobOf(run: JobOfRun): Job {
  const settings = config()
  return {
    runId: run.runId,
    source: sourceOf(run),
    branch: run.branch === HEAD_BRANCH ? null : run.branch,
    projectName: run.name,
    provider: run.provider,
    model: run.model,
    force: run.force,
    repoType: run.repoType,
    storeDir: storeFolder(settings.dataDir, run.canonicalUrl),
    variantDir: variantFolder(settings.dataDir, identityOfRun(run)),
    limits: {
      maxRepoBytes: settings.maxRepoBytes,
      maxRepoFiles: settings.maxRepoFiles,
      cloneTimeoutMs: settings.cloneTimeoutMs,
      maxConcurrentPages: settings.maxConcurrentPages,
    },
    network: networkRules(),
    ai: aiAccess(run.provider),
  }
}

/** Bare object store of a repository, shared by all its variants and owners. */
export function storeFolder(dataDir: string, canonicalUrl: string): string {
  return `${dataDir}/repos/${createHash('sha256').update(canonicalUrl).digest('hex').slice(0, 32)}.git`
}

/** Where the repository of a project is read from. */
export function sourceOf({ kind, canonicalUrl }: Pick<ClaimedRun, 'kind' | 'canonicalUrl'>): Job['source'] {
  if (kind === 'local') return { kind, path: canonicalUrl, roots: config().localRepoRoots }
  const parsed = parseRepoAddress(canonicalUrl)
  return { kind, url: parsed.ok ? parsed.address.fetchUrl : canonicalUrl }
}

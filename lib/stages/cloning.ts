import { type Job, stageProgress, type Tools } from '#lib/domain/job.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { fetchRepository } from '#lib/git/fetch-repository.ts'
import { ObjectStore } from '#lib/git/object-store.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { madeBy } from '#lib/made-by.ts'
import type { Earlier } from '#lib/update/decide-update.ts'
import { earlierRun } from '#lib/update/earlier-run.ts'
import { type Ready, readReady, siteFolder, standsFor } from '#lib/variant-folder.ts'

export type Cloned = { upToDate: Ready; siteDir: string } | { upToDate: null; snapshot: Snapshot; earlier: Earlier }

/** Brings the commit's objects here (or finds that the last site was made from it) and opens them for reading. */
export async function clone(job: Job, tools: Tools): Promise<Cloned> {
  const source = await locate(job, tools)
  tools.progress({ kind: 'commit_resolved', commit: source.commit })
  const ready = job.force ? null : await readyAt(job)
  const wanted = { ...source, repoType: job.repoType, steering: job.steering }
  if (ready && standsFor(ready, { ...wanted, madeBy: madeBy(tools.writer) })) {
    return { upToDate: ready, siteDir: siteFolder(job.variantDir, ready.run_id) }
  }
  throwIfAborted(tools.signal)
  const snapshot = await openSnapshot({ ...source, limits: job.limits, signal: tools.signal })
  const objects = new ObjectStore(source.gitDir)
  const { variantDir, force } = job
  const earlier = await earlierRun({ variantDir, force, hasCommit: (commit) => objects.has(commit) })
  return { upToDate: null, snapshot, earlier }
}

/** The last site, unless its pages say they are somewhere else. */
async function readyAt({ variantDir, siteAddress }: Job): Promise<Ready | null> {
  const ready = await readReady(variantDir)
  return ready?.site_address === (siteAddress ?? '') ? ready : null
}

async function locate(job: Job, tools: Tools) {
  const { source, branch } = job
  if (source.kind === 'local') return await openLocalRepository({ path: source.path, branch, roots: source.roots })
  return await fetchRepository({
    url: source.url,
    branch,
    storeDir: job.storeDir,
    limits: job.limits,
    network: job.network,
    credential: job.credential,
    signal: tools.signal,
    progress: stageProgress(tools, 'cloning'),
  })
}

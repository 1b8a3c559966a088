import { aiAccess, cacheDir } from '#lib/config.ts'
import { factsFolder } from '#lib/domain/folders.ts'
import { projectTitle } from '#lib/domain/job.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import { planPages } from '#lib/domain/plan.ts'
import { withNeeded } from '#lib/domain/plan-update.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { madeBy } from '#lib/made-by.ts'
import { decideUpdate } from '#lib/update/decide-update.ts'
import { earlierRun } from '#lib/update/earlier-run.ts'
import { steerRun } from '#lib/update/steer-run.ts'
import { readArrangement, readReady, standsFor } from '#lib/variant-folder.ts'
import { writerFor } from '#lib/writers/registry.ts'
import type { PlanReport } from './plan-report.ts'
import { openRepository, type Place, type RepositoryRequest, whenUnbuilt } from './repository-facts.ts'
import { markedRun, siteTarget } from './site-folder.ts'

export interface PlanRequest extends RepositoryRequest {
  /** Folder of the site that a build would replace; null: whatever the last build left. */
  out: string | null
  provider: string
  model: string
  repoType: RepoType | null
  force: boolean
}

/**
 * What `docsfy build` would write now and why, once no build of this repository is at work, which may replace all that is
 * read here. Writes nothing but fetched objects and what files say.
 */
export async function planRepository(request: PlanRequest): Promise<PlanReport> {
  return await whenUnbuilt(request, async (place) => await planAt(place, request))
}

async function planAt(place: Place, request: PlanRequest): Promise<PlanReport> {
  const { provider, model, signal, force, progress, repoType } = request
  const writer = writerFor({ ...request, ai: aiAccess(request.provider, { dataDir: cacheDir() }) })
  const target = request.out === null ? null : await siteTarget(request.out)
  const { repository, folders } = place
  const { snapshot, hasCommit } = await openRepository(request, place)
  const { variantDir, storeDir } = folders
  const ready = await readReady(variantDir)
  const isThere = target === null || (ready !== null && (await markedRun(target)) === ready.run_id)
  const about = await steerRun({}, { progress: () => undefined }, { snapshot, stage: 'planning' })
  const facts = await extractFacts({
    snapshot: about.snapshot,
    name: repository.name,
    signal,
    progress,
    cacheDir: factsFolder(storeDir),
  })
  const projectName = projectTitle({ source: repository.source, projectName: repository.name }, facts)
  const drafted = await writer.plan({ facts, projectName, repoType: repoType ?? undefined })
  const kept = force ? null : await readArrangement(variantDir)
  const free = { mayAsk: false, spent: () => undefined, signal }
  const { plan, estimate } = await writer.arrange({ facts, plan: drafted, steering: about.steering, kept, ...free })
  const earlier = await earlierRun({ variantDir, force, hasCommit })
  const decided = await decideUpdate({ variantDir, writer, facts, plan, earlier, snapshot, signal })
  const update = withNeeded(decided.update, estimate)
  const isDone = !force && ready !== null && standsFor(ready, { ...snapshot, repoType, madeBy: madeBy(writer) })
  return {
    name: repository.name,
    branch: snapshot.branch,
    provider,
    model,
    commit: facts.commit,
    repo_type: plan.repo_type,
    up_to_date: isDone && isThere,
    site: target,
    total_pages: planPages(plan).length,
    navigation: plan.navigation,
    update,
  }
}

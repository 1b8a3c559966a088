import { existsSync } from 'node:fs'
import { type Job, type Outcome, planReady, projectTitle, type Tools } from '#lib/domain/job.ts'
import { planPages } from '#lib/domain/plan.ts'
import { withNeeded } from '#lib/domain/plan-update.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { ObjectStore } from '#lib/git/object-store.ts'
import { clone } from '#lib/stages/cloning.ts'
import { decideUpdate } from '#lib/update/decide-update.ts'
import { earlierRun } from '#lib/update/earlier-run.ts'
import { steerRun } from '#lib/update/steer-run.ts'
import { readArrangement } from '#lib/variant-folder.ts'

type Found = Pick<Outcome, 'upToDate' | 'commit' | 'branch' | 'repoType' | 'totalPages'>

/**
 * What a run would write now, why, and what that needs: told as `plan_ready`, unless there is nothing to do. Asks no model and
 * writes nothing but fetched objects. Throws what makes a run impossible.
 */
export async function planOnly(job: Job, tools: Tools): Promise<Found> {
  const { signal, writer, progress } = tools
  const { variantDir, force } = job
  const cloned = await clone(job, tools)
  if (cloned.upToDate) {
    const { commit, branch, repo_type, total_pages } = cloned.upToDate
    return { upToDate: true, commit, branch, repoType: repo_type, totalPages: total_pages }
  }
  const { snapshot } = cloned
  const about = await steerRun(job, tools, { snapshot, stage: 'planning' })
  const facts = await extractFacts({
    snapshot: about.snapshot,
    name: job.projectName,
    signal,
    progress: () => undefined,
  })
  const projectName = projectTitle(job, facts)
  const drafted = await writer.plan({ facts, projectName, repoType: job.repoType ?? undefined })
  const kept = force ? null : await readArrangement(variantDir)
  const free = { mayAsk: false, spent: () => undefined, signal }
  const { plan, estimate } = await writer.arrange({ facts, plan: drafted, steering: about.steering, kept, ...free })
  const earlier = await earlierRun({ variantDir, force, hasCommit: commitsOf(job) })
  const { update } = await decideUpdate({ variantDir, writer, facts, plan, earlier, snapshot, signal })
  progress(planReady({ plan, keep: new Set(), update: withNeeded(update, estimate) }))
  const { branch } = snapshot
  return {
    upToDate: false,
    commit: facts.commit,
    branch,
    repoType: plan.repo_type,
    totalPages: planPages(plan).length,
  }
}

/** Whether a commit is among the objects that the last run fetched: here there are only those of the newest one. */
function commitsOf({ source, onlyPlan }: Job): (commit: string) => boolean {
  const gitDir = source.kind === 'local' ? null : (onlyPlan?.knownStoreDir ?? null)
  if (gitDir === null || !existsSync(gitDir)) return () => true
  const objects = new ObjectStore(gitDir)
  return (commit) => objects.has(commit)
}

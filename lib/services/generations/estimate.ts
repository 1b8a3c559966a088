import { spentOn } from '#db/queries/ai-calls.ts'
import { findSteering } from '#db/queries/steering.ts'
import { listProjectsOf } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { storedCredential } from '#lib/auth/repository-credentials.ts'
import { config } from '#lib/config.ts'
import { freeDisplayName } from '#lib/domain/display-name.ts'
import type { EstimateResponse } from '#lib/domain/estimate-answer.ts'
import { parsePlan } from '#lib/domain/plan.ts'
import { parsePlanUpdate } from '#lib/domain/plan-update.ts'
import { splitUserinfo } from '#lib/domain/repo-url.ts'
import { monthOf } from '#lib/domain/spending.ts'
import { DocsfyError } from '#lib/errors.ts'
import { estimator } from '#lib/jobs/estimator.ts'
import { jobOf } from '#lib/jobs/job-of.ts'
import { headBranch, resolveRepository, type StartRequest, writerOf } from '#lib/services/generations/start.ts'
import { readPlan } from '#lib/variant-folder.ts'

/** What a generation would write and need, without starting it. Throws as startGeneration does. */
export async function estimateGeneration(
  caller: Principal,
  request: StartRequest,
  signal: AbortSignal,
): Promise<EstimateResponse> {
  needPermission(caller, 'generation.start')
  const writer = writerOf(request)
  const { address, credential } = splitUserinfo(request.repo_url ?? '')
  const repository = await resolveRepository(caller, { ...request, repo_url: request.repo_url && address })
  const { canonicalUrl, kind } = repository
  const branch = request.branch ?? (await headBranch(repository))
  const owner = caller.username
  const owned = await listProjectsOf(owner)
  const known = owned.find((project) => project.canonicalUrl === canonicalUrl)
  // A new project gets a name of its own: what stands under the same name may be of another repository.
  const name =
    known?.name ??
    freeDisplayName(
      repository,
      owned.map((project) => project.name),
    )
  const { force, repo_type: repoType = null } = request
  const run = { runId: 'estimate', owner, name, canonicalUrl, kind, branch }
  const job = {
    ...jobOf({ ...run, ...writer, force, repoType }),
    steering: known ? (await findSteering(known.id))?.steering : undefined,
    credential: kind === 'url' ? (credential ?? (await storedCredential({ owner, canonicalUrl }))) : null,
  }
  const { estimate } = estimator()
  if (!estimate) throw new DocsfyError('unavailable', 'The server is stopping: try again later')
  const { outcome, planned } = await estimate(job, { user: owner, signal })
  const { commit, branch: found, repoType: repo_type } = outcome
  if (outcome.status !== 'ready' || !commit || !found || !repo_type)
    throw new DocsfyError('repository_unavailable', outcome.message ?? 'The estimate could not be made')
  // Where nothing would be written, the plan that stands is the one that would be.
  const plan = planned ? parsePlan(planned.plan_json) : await readPlan(job.variantDir)
  return {
    project: run.name,
    branch: found,
    ai_provider: writer.provider,
    ai_model: writer.model,
    repo_type,
    up_to_date: outcome.upToDate,
    total_pages: outcome.totalPages,
    commit,
    navigation: plan?.navigation ?? [],
    update: parsePlanUpdate(planned?.plan_json),
    budget_left_usd: await budgetLeft(owner),
  }
}

/** Of the budget a new run of this user reaches first. */
async function budgetLeft(requestedBy: string): Promise<number | null> {
  const { budgets } = config()
  const month = monthOf(new Date())
  const [own, all] = await Promise.all([spentOn({ month, requestedBy }), spentOn({ month })])
  const left = [
    budgets.run.usd,
    budgets.user_month.usd === null ? null : budgets.user_month.usd - own.cost_usd,
    budgets.month.usd === null ? null : budgets.month.usd - all.cost_usd,
  ].filter((one) => one !== null)
  return left.length === 0 ? null : Math.max(0, Math.min(...left))
}

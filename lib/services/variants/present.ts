import type { StoredVariant } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import type { CurrentStage } from '#lib/domain/stages.ts'
import type { VariantIdentity, VariantRow } from '#lib/domain/variant.ts'

type Viewer = Pick<Principal, 'username' | 'role'>

/** Stages of a run in which its own plan exists; before them the stored one is that of the run before. */
const PLANNED = new Set<CurrentStage | null>(['generating_pages', 'validating', 'cross_linking', 'rendering'])

/** The wire row of a variant; the only place that makes one. Paths of this machine are for admins only. */
export function presentVariant(variant: StoredVariant, viewer: Viewer): VariantRow {
  const { owner, name, branch } = variant
  const hasPlan = variant.status !== 'generating' || PLANNED.has(variant.currentStage)
  return {
    name,
    branch,
    ai_provider: variant.provider,
    ai_model: variant.model,
    owner,
    generation_id: variant.id,
    repo_url: variant.kind === 'local' && viewer.role !== 'admin' ? name : variant.canonicalUrl,
    status: variant.status,
    current_stage: variant.currentStage,
    last_commit_sha: variant.lastCommitSha,
    last_generated: variant.lastGenerated,
    page_count: variant.pageCount,
    error_message: variant.errorMessage,
    plan_json: hasPlan ? variant.planJson : null,
    repo_type: variant.repoType,
    total_cost_usd: variant.totalCostUsd,
    created_at: variant.createdAt,
    updated_at: variant.updatedAt,
    total_pages: hasPlan ? variant.totalPages : null,
    run_id: variant.runId,
    generation_started_at: variant.generationStartedAt,
    generation_duration: variant.generationDurationMs === null ? null : variant.generationDurationMs / 1000,
    warnings: variant.status === 'generating' ? [] : variant.warnings,
    resumable: isResumable(variant),
    unpriced_calls: variant.unpricedCalls,
  }
}

/** Whether a generation ended before its documentation was finished and left pages to go on from. */
export function isResumable({ status, pageCount }: Pick<StoredVariant, 'status' | 'pageCount'>): boolean {
  return (status === 'error' || status === 'aborted') && pageCount > 0
}

export function storedIdentity(variant: StoredVariant): VariantIdentity {
  const { owner, name, branch, provider, model } = variant
  return { owner, name, branch, provider, model }
}

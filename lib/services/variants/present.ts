import type { StoredVariant } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import type { VariantIdentity, VariantRow } from '#lib/domain/variant.ts'

type Viewer = Pick<Principal, 'username' | 'role'>

/** The wire row of a variant; the only place that makes one. Paths of this machine are for admins only. */
export function presentVariant(variant: StoredVariant, viewer: Viewer): VariantRow {
  const { owner, name, branch } = variant
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
    plan_json: variant.planJson,
    repo_type: variant.repoType,
    total_cost_usd: variant.totalCostUsd,
    created_at: variant.createdAt,
    updated_at: variant.updatedAt,
    total_pages: variant.totalPages,
    run_id: variant.runId,
    generation_started_at: variant.generationStartedAt,
    generation_duration: variant.generationDurationMs === null ? null : variant.generationDurationMs / 1000,
    warnings: variant.status === 'generating' ? [] : variant.warnings,
    resumable: (variant.status === 'error' || variant.status === 'aborted') && variant.pageCount > 0,
  }
}

export function storedIdentity(variant: StoredVariant): VariantIdentity {
  const { owner, name, branch, provider, model } = variant
  return { owner, name, branch, provider, model }
}

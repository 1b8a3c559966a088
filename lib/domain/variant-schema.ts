import * as z from 'zod/mini'
import { REPO_TYPES } from '#lib/domain/kinds.ts'
import { CURRENT_STAGES, STATUSES } from '#lib/domain/stages.ts'

/** One documentation set as every client sees it. Times are ISO 8601 UTC with `Z`; durations are seconds. */
export const variantRowSchema = z.object({
  name: z.string(),
  branch: z.string(),
  ai_provider: z.string(),
  ai_model: z.string(),
  owner: z.string(),
  generation_id: z.string(),
  repo_url: z.string(),
  status: z.enum(STATUSES),
  current_stage: z.nullable(z.enum(CURRENT_STAGES)),
  last_commit_sha: z.nullable(z.string()),
  last_generated: z.nullable(z.string()),
  page_count: z.int(),
  error_message: z.nullable(z.string()),
  plan_json: z.nullable(z.string()),
  repo_type: z.nullable(z.enum(REPO_TYPES)),
  total_cost_usd: z.nullable(z.number()),
  created_at: z.string(),
  updated_at: z.string(),
  total_pages: z.nullable(z.int()),
  run_id: z.nullable(z.string()),
  generation_started_at: z.nullable(z.string()),
  generation_duration: z.nullable(z.number()),
  warnings: z.array(z.string()),
  resumable: z.boolean(),
  /** Calls of models whose price is not known: they are not in `total_cost_usd`. */
  unpriced_calls: z.int(),
})

export const projectsResponseSchema = z.object({
  projects: z.array(variantRowSchema),
  known_models: z.record(z.string(), z.array(z.string())),
  known_branches: z.record(z.string(), z.array(z.string())),
  total_cost_usd: z.number(),
  unpriced_calls: z.int(),
})

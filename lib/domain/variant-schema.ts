import { z } from 'zod'
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
  current_stage: z.enum(CURRENT_STAGES).nullable(),
  last_commit_sha: z.string().nullable(),
  last_generated: z.string().nullable(),
  page_count: z.number().int(),
  error_message: z.string().nullable(),
  plan_json: z.string().nullable(),
  repo_type: z.enum(REPO_TYPES).nullable(),
  total_cost_usd: z.number().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  total_pages: z.number().int().nullable(),
  run_id: z.string().nullable(),
  generation_started_at: z.string().nullable(),
  generation_duration: z.number().nullable(),
  warnings: z.array(z.string()),
  resumable: z.boolean(),
})

export const projectsResponseSchema = z.object({
  projects: z.array(variantRowSchema),
  known_models: z.record(z.string(), z.array(z.string())),
  known_branches: z.record(z.string(), z.array(z.string())),
  total_cost_usd: z.number(),
})

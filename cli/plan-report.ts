import { z } from 'zod'
import { REPO_TYPES } from '#lib/domain/kinds.ts'
import { planSchema } from '#lib/domain/plan.ts'
import { planUpdateSchema } from '#lib/domain/plan-update.ts'

/** The object `docsfy plan --json` prints: these fields and no others. */
export const planReportSchema = z.object({
  name: z.string(),
  branch: z.string(),
  provider: z.string(),
  model: z.string(),
  commit: z.string(),
  repo_type: z.enum(REPO_TYPES),
  /** A build would write nothing. */
  up_to_date: z.boolean(),
  /** Folder whose site the plan is compared with; null without --out. */
  site: z.string().nullable(),
  total_pages: z.number().int(),
  navigation: planSchema.shape.navigation,
  update: planUpdateSchema,
})
export type PlanReport = z.infer<typeof planReportSchema>

/** The same of a server: what a generation there would write. */
export const serverPlanReportSchema = planReportSchema.extend({
  /** Address of the server. */
  server: z.string(),
  /** What is left of the smallest budget that counts, USD; null where none does. */
  budget_left_usd: z.number().nullable(),
})
export type ServerPlanReport = z.infer<typeof serverPlanReportSchema>

import { z } from 'zod'
import { REPO_TYPES } from '#lib/domain/kinds.ts'
import { spendingSchema } from '#lib/domain/spending.ts'
import { STAGES, TERMINAL_STATUSES } from '#lib/domain/stages.ts'

/** The object `docsfy build --json` prints: these fields and no others. */
export const buildReportSchema = z.object({
  status: z.enum(TERMINAL_STATUSES),
  name: z.string(),
  branch: z.string().nullable(),
  provider: z.string(),
  model: z.string(),
  commit: z.string().nullable(),
  repo_type: z.enum(REPO_TYPES).nullable(),
  page_count: z.number().int(),
  total_pages: z.number().int(),
  warnings: z.array(z.string()),
  /** Absolute path of the site; null unless ready. */
  site: z.string().nullable(),
  duration_ms: z.number(),
  stages: z.array(z.object({ stage: z.enum(STAGES), duration_ms: z.number() })),
  /** What calls of models took. */
  spent: spendingSchema,
})
export type BuildReport = z.infer<typeof buildReportSchema>

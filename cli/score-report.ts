import { z } from 'zod'
import { MEASURE_IDS, SCORE_GROUPS } from '#lib/score/measure-table.ts'

const gateSchema = z.union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })])

/** The object `docsfy score --json` prints. Points are of 100; shares are from 0 to 1. */
export const scoreReportSchema = z.object({
  total: z.number(),
  truth: z.number().nullable(),
  coverage: z.number().nullable(),
  craft: z.number().nullable(),
  commit: z.string(),
  pages: z.number().int(),
  measures: z.array(
    z.object({
      id: z.enum(MEASURE_IDS),
      number: z.number().int(),
      title: z.string(),
      group: z.enum(SCORE_GROUPS).nullable(),
      unit: z.enum(['share', 'count', 'lines']),
      weight: z.number(),
      value: z.number().nullable(),
      /** Points from 0 to 1; null when it is left out of the total. */
      points: z.number().nullable(),
      gate: gateSchema.nullable(),
      ok: z.boolean(),
      checked: z.number().int(),
      note: z.string().nullable(),
      misses: z.array(
        z.object({ page: z.string().nullable(), line: z.number().int(), claim: z.string(), found: z.string() }),
      ),
    }),
  ),
  limits: z.array(z.string()),
})

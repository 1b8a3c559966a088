import { findSummary, newestSummary, type SummaryRow, summaryBefore } from '#db/queries/run-summaries.ts'
import { findRun } from '#db/queries/runs.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { type ChangesResponse, changesBetween } from '#lib/domain/changes.ts'
import { DocsfyError } from '#lib/errors.ts'
import { findVariant, type VariantQuery } from '#lib/services/variants/find.ts'
import { unpackSummary } from '#lib/update/packed-summary.ts'

const MOST_CHANGES = 2000

/**
 * What changed between two runs of a variant; without `to` up to the newest finished one, without `from` since the one
 * before that. Throws `not_found` for a run that is not there or left nothing to compare.
 */
export async function compareRuns(
  caller: Principal,
  query: VariantQuery,
  runs: { from?: string; to?: string },
): Promise<ChangesResponse> {
  const variant = await findVariant(caller, query)
  const to = runs.to ? await summaryOf(variant.id, runs.to) : await newestSummary(variant.id)
  const from = runs.from ? await summaryOf(variant.id, runs.from) : to && (await summaryBefore(variant.id, to))
  if (!from || !to)
    throw new DocsfyError(
      'not_found',
      `"${query.name}" has no two finished runs that can be compared: generate it again after a change`,
    )
  const [before, after] = await Promise.all([unpack(from), unpack(to)])
  const changes = changesBetween(before, after)
  return {
    from: told(from),
    to: told(to),
    changes: changes.slice(0, MOST_CHANGES),
    total: changes.length,
    left_out: Math.max(before.left_out, after.left_out),
  }
}

async function summaryOf(variantId: string, runId: string): Promise<SummaryRow> {
  const run = await findRun(variantId, runId)
  if (!run) throw new DocsfyError('not_found', `There is no run ${runId} of this documentation`)
  const row = await findSummary(variantId, run)
  if (row) return row
  throw new DocsfyError('not_found', `The run ${runId} left nothing to compare: only runs that end ready do`)
}

async function unpack(row: SummaryRow) {
  const summary = await unpackSummary(row.packed)
  if (summary) return summary
  throw new DocsfyError(
    'not_found',
    `What the run ${row.runId} left was kept by another version of docsfy and cannot be compared`,
  )
}

function told({ runId, commit, finishedAt }: SummaryRow) {
  return { run_id: runId, commit, finished_at: finishedAt }
}

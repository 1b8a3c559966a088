import { listEvents } from '#db/queries/run-events.ts'
import { findRun, listRuns, type Run } from '#db/queries/runs.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { config } from '#lib/config.ts'
import type { RunEventsResponse, RunRow, RunsResponse } from '#lib/domain/runs.ts'
import { DocsfyError } from '#lib/errors.ts'
import { findVariant, type VariantQuery } from '#lib/services/variants/find.ts'

/** Runs that the history does not count: one that waits or works, and the one whose site is published. */
const UNCOUNTED_RUNS = 2

/** The runs of a variant, newest first: all that the setting KEEP_RUNS keeps. */
export async function listVariantRuns(caller: Principal, query: VariantQuery): Promise<RunsResponse> {
  const variant = await findVariant(caller, query)
  return { runs: (await listRuns(variant.id, config().keepRuns + UNCOUNTED_RUNS)).map(presentRun) }
}

/** What a run told, from the event after `after` on; at most 1,000 events. */
export async function listRunEvents(
  caller: Principal,
  query: VariantQuery,
  run: { runId: string; after: number },
): Promise<RunEventsResponse> {
  const variant = await findVariant(caller, query)
  if (!(await findRun(variant.id, run.runId)))
    throw new DocsfyError('not_found', `"${query.name}" has no run ${run.runId}`)
  return { run_id: run.runId, events: await listEvents(run.runId, run.after) }
}

function presentRun(run: Run): RunRow {
  return {
    run_id: run.id,
    state: run.state,
    trigger: run.trigger,
    requested_by: run.requestedBy,
    ai_provider: run.provider,
    ai_model: run.model,
    force: run.force,
    up_to_date: run.upToDate,
    from_commit: run.fromCommit,
    to_commit: run.toCommit,
    queued_at: run.queuedAt,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    duration: run.durationMs === null ? null : run.durationMs / 1000,
    stages: run.stages,
    page_count: run.pageCount,
    total_pages: run.totalPages,
    input_tokens: run.inputTokens,
    output_tokens: run.outputTokens,
    reused_tokens: run.reusedTokens,
    cost_usd: run.costUsd,
    unpriced_calls: run.unpricedCalls,
    message: run.message,
    warnings: run.warnings,
  }
}

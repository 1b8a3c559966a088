import type { ProgressFrame, StatusChangeFrame } from '#lib/domain/frames.ts'
import type { RunRef, ServerEvents } from '#lib/events.ts'
import type { ProgressBatch } from '#lib/live/coalesce.ts'
import { SharedFrame } from '#lib/live/shared-frame.ts'

/** A variant started to generate; its run waits for its turn. */
export function waitingFrame({ pageCount, ...run }: ServerEvents['run_waiting']): SharedFrame {
  return progress(run, { page_count: pageCount, error_message: null })
}

export function progressFrame({ events, changed, ...run }: ProgressBatch): SharedFrame {
  return progress(run, { ...changed, event: events.at(-1), ...(events.length > 1 ? { events } : {}) })
}

export function statusFrame({ identity, generationId, result }: ServerEvents['run_ended']): SharedFrame {
  const frame: Omit<StatusChangeFrame, 'seq'> = {
    type: 'status_change',
    ...identity,
    generation_id: generationId,
    status: result.status,
    current_stage: result.currentStage,
    page_count: result.pageCount,
    last_generated: result.lastGenerated,
    last_commit_sha: result.lastCommitSha,
    error_message: result.errorMessage,
  }
  return new SharedFrame(frame)
}

function progress({ identity, generationId, runId }: RunRef, fields: Partial<ProgressFrame>): SharedFrame {
  const frame: Omit<ProgressFrame, 'seq'> = {
    type: 'progress',
    ...identity,
    status: 'generating',
    generation_id: generationId,
    run_id: runId,
    ...fields,
  }
  return new SharedFrame(frame)
}

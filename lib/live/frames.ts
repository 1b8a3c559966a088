import type { ProgressFrame, StatusChangeFrame } from '#lib/domain/frames.ts'
import type { RunRef, ServerEvents } from '#lib/events.ts'

/** A frame as text up to the value of `seq`, so that it is serialised once for everybody. */
export type OpenFrame = string

/** The bytes of a frame with its number in a viewer's stream. */
export function numbered(frame: OpenFrame, seq: number): Buffer {
  return Buffer.from(`${frame}${seq}}`)
}

/** A variant started to generate; its run waits for its turn. */
export function waitingFrame({ pageCount, ...run }: ServerEvents['run_waiting']): OpenFrame {
  return open(progress(run, { page_count: pageCount, error_message: null }))
}

export function progressFrame({ recorded, changed, ...run }: ServerEvents['run_progress']): OpenFrame {
  return open(progress(run, { ...changed, event: recorded }))
}

export function statusFrame({ identity, generationId, result }: ServerEvents['run_ended']): OpenFrame {
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
  return open(frame)
}

function progress(run: RunRef, fields: Partial<ProgressFrame>): Omit<ProgressFrame, 'seq'> {
  const { identity, generationId, runId } = run
  return { type: 'progress', ...identity, status: 'generating', generation_id: generationId, run_id: runId, ...fields }
}

function open(frame: object): OpenFrame {
  return `${JSON.stringify(frame).slice(0, -1)},"seq":`
}

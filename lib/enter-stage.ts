import type { StageTiming, Tools } from '#lib/domain/job.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import type { Stage } from '#lib/domain/stages.ts'
import { isAbort, messageFor, throwIfAborted } from '#lib/errors.ts'

type StageEnd = 'done' | 'degraded' | 'failed' | 'aborted'

/** What the events of a run have told so far. */
export interface RunRecord {
  commit: string | null
  pageCount: number
  totalPages: number
  warnings: string[]
  stages: StageTiming[]
}

/**
 * The only way into a stage: checks abort, announces, runs, times, and records how it ended. `enter` ends the run on
 * failure; `polish` keeps the previous value and adds a warning. Abort always ends the run.
 */
export function stageEntrance(given: Tools) {
  const record: RunRecord = { commit: null, pageCount: 0, totalPages: 0, warnings: [], stages: [] }
  const tools: Tools = {
    ...given,
    progress: (event) => {
      note(record, event)
      given.progress(event)
    },
  }

  async function enter<Value>(stage: Stage, work: () => Promise<Value>): Promise<Value> {
    return await run({ stage, work, tools, onFailure: 'failed' })
  }

  async function polish<Value>(stage: Stage, kept: Value, work: () => Promise<Value>): Promise<Value> {
    try {
      return await run({ stage, work, tools, onFailure: 'degraded' })
    } catch (error) {
      if (tools.signal.aborted || isAbort(error)) throw error
      tools.progress({ kind: 'warning', message: `${stage} was left out: ${messageFor(error)}`, stage })
      return kept
    }
  }

  return { enter, polish, tools, record }
}

interface StageRun<Value> {
  stage: Stage
  work: () => Promise<Value>
  tools: Tools
  onFailure: StageEnd
}

async function run<Value>({ stage, work, tools, onFailure }: StageRun<Value>): Promise<Value> {
  throwIfAborted(tools.signal)
  const startedMs = performance.now()
  const finish = (outcome: StageEnd, message?: string) => {
    const duration_ms = Math.round(performance.now() - startedMs)
    tools.progress({ kind: 'stage_finished', stage, duration_ms, outcome, message })
  }
  tools.progress({ kind: 'stage_started', stage })
  try {
    const value = await work()
    throwIfAborted(tools.signal)
    finish('done')
    return value
  } catch (error) {
    finish(tools.signal.aborted || isAbort(error) ? 'aborted' : onFailure, messageFor(error))
    throw error
  }
}

function note(record: RunRecord, event: RunEvent): void {
  if (event.kind === 'commit_resolved') record.commit = event.commit
  if (event.kind === 'plan_ready') record.totalPages = event.total_pages
  if (event.kind === 'page_written') record.pageCount = event.page_count
  if (event.kind === 'warning') record.warnings.push(event.message)
  if (event.kind === 'stage_finished') record.stages.push({ stage: event.stage, duration_ms: event.duration_ms })
}

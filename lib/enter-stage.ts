import type { StageTiming } from '#lib/domain/job.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import type { Stage } from '#lib/domain/stages.ts'
import { isAbort, messageFor, throwIfAborted } from '#lib/errors.ts'

interface StageTools {
  signal: AbortSignal
  progress: (event: RunEvent) => void
}

/**
 * The only way into a stage: checks abort, announces, runs, times, and records how it ended. `enter` ends the run on
 * failure; `polish` keeps the previous value and adds a warning. Abort always ends the run.
 */
export function stageEntrance({ signal, progress }: StageTools) {
  const timings: StageTiming[] = []
  const warnings: string[] = []

  async function run<Value>(stage: Stage, work: () => Promise<Value>): Promise<Value> {
    throwIfAborted(signal)
    const started = performance.now()
    const finish = (outcome: 'done' | 'failed' | 'aborted', message?: string) => {
      const duration_ms = Math.round(performance.now() - started)
      timings.push({ stage, duration_ms })
      progress({ kind: 'stage_finished', stage, duration_ms, outcome, message })
    }
    progress({ kind: 'stage_started', stage })
    try {
      const value = await work()
      throwIfAborted(signal)
      finish('done')
      return value
    } catch (error) {
      finish(signal.aborted || isAbort(error) ? 'aborted' : 'failed', messageFor(error))
      throw error
    }
  }

  async function polish<Value>(stage: Stage, kept: Value, work: () => Promise<Value>): Promise<Value> {
    try {
      return await run(stage, work)
    } catch (error) {
      if (signal.aborted || isAbort(error)) throw error
      warn(`${stage}: ${messageFor(error)}`, stage)
      return kept
    }
  }

  function warn(message: string, stage?: Stage): void {
    warnings.push(message)
    progress({ kind: 'warning', message, stage })
  }

  return { enter: run, polish, warn, timings, warnings }
}

import type { ActiveRunRow } from '#db/queries/queue.ts'
import { recordProgress } from '#db/queries/run-events.ts'
import { announce } from '#lib/events.ts'
import { activeInOrder } from '#lib/jobs/queue.ts'

/** From here on every place that is gained is told; further back only every tenth part, so that long queues stay cheap. */
const NEAR = 10

/**
 * Tells each waiting run how many others start before it, where that is news; to be called, one call after the other,
 * whenever no further run can be started.
 */
export function waitingTeller(): () => Promise<void> {
  let told = new Map<string, number>()

  return async () => {
    const { waiting } = await activeInOrder()
    const before = told
    told = new Map()
    for (const [ahead, run] of waiting.entries()) {
      const last = before.get(run.id)
      const isTold = isNews(last, ahead) && (await tell(run, ahead))
      const known = isTold ? ahead : last
      if (known !== undefined) told.set(run.id, known)
    }
  }
}

function isNews(last: number | undefined, ahead: number): boolean {
  if (last === undefined) return true
  if (ahead === last) return false
  return ahead < NEAR || Math.abs(last - ahead) * 10 >= last
}

/** False when the run does not wait any more. */
async function tell(run: ActiveRunRow, ahead: number): Promise<boolean> {
  const at = new Date().toISOString()
  const [recorded] = (await recordProgress(run.id, [{ at, event: { kind: 'waiting', ahead } }], {})) ?? []
  if (!recorded) return false
  const { owner, name, branch, provider, model } = run
  const identity = { owner, name, branch, provider, model }
  announce('run_progress', { identity, generationId: run.variantId, runId: run.id, recorded, changed: {} })
  return true
}

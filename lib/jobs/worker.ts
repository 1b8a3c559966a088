/** Entry of a worker process: one run, then exit. It ends by itself when the server that started it is gone. */

import type { Job, Outcome } from '#lib/domain/job.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { isDocsfyError, messageFor } from '#lib/errors.ts'
import { askedPurse } from '#lib/jobs/asked-purse.ts'
import { endGroup, endWithServer } from '#lib/jobs/end-with-server.ts'
import type { FromWorker, ToWorker } from '#lib/jobs/messages.ts'
import { withoutResult } from '#lib/jobs/run-outcome.ts'
import { log } from '#lib/log.ts'
import { runPipeline } from '#lib/pipeline.ts'
import { planOnly } from '#lib/plan-only.ts'
import { writerFor } from '#lib/writers/registry.ts'

const ALIVE_EVERY_MS = 1000

const controller = endWithServer()
const purse = askedPurse(send)

setInterval(() => send({ type: 'alive' }), ALIVE_EVERY_MS).unref()
process.on('message', (message: ToWorker) => {
  if (message.type === 'abort') controller.abort()
  else if (message.type === 'reserved') purse.answered(message.id, message.refusal)
  else void run(message.job)
})

async function run(job: Job): Promise<void> {
  const outcome = await outcomeOf(job).catch((error) => {
    if (!isDocsfyError(error)) log.error('a run could not begin', { runId: job.runId, error })
    return withoutResult(messageFor(error))
  })
  send({ type: 'outcome', outcome }, () => process.exit(0))
}

async function outcomeOf(job: Job): Promise<Outcome> {
  const writer = writerFor({ ...job, purse })
  if (job.onlyPlan) {
    const tools = { signal: controller.signal, writer, progress: tell }
    return { ...withoutResult(''), ...(await planOnly(job, tools)), status: 'ready', message: null }
  }
  const tools = { signal: controller.signal, writer, progress: tell, hasHistory: true }
  return await runPipeline(job, tools, (error) => {
    // An expected failure is told to people by its sentence; only the others need a stack.
    if (!isDocsfyError(error) || error.code === 'internal') log.error('a run failed', { runId: job.runId, error })
  })
}

function tell(event: RunEvent): void {
  send({ type: 'event', event })
}

function send(message: FromWorker, sent?: () => void): void {
  process.send?.(message, undefined, undefined, (error) => (error ? endGroup() : sent?.()))
}

/** The part of a server that runs generations, in a process of its own: what owns the data, recovers and starts workers. */

import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { closeDatabase } from '#db/client.ts'
import { takeDataDirectory } from '#db/data-directory.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { config } from '#lib/config.ts'
import { listen } from '#lib/events.ts'
import { enqueueRun } from '#lib/jobs/queue.ts'
import { recover } from '#lib/jobs/recover.ts'
import { startRunner } from '#lib/jobs/runner.ts'
import { stopOnSignal } from '#lib/run-until-signal.ts'
import { startInput } from '#lib/testing/stored-variant.ts'
import type { Order, Told } from './messages.ts'

const [module] = process.argv.slice(2)

process.on('disconnect', () => process.exit(1))
process.on('message', (order: Order) => {
  if (order.kind === 'start') void start(order)
})
if (module) loadInWorkers(module)
const release = await takeDataDirectory(config().dataDir)
await migrateDatabase()
await recover()
listen('run_progress', ({ runId, recorded }) =>
  tell({ kind: 'event', runId, seq: recorded.seq, event: recorded.event }),
)
listen('run_ended', ({ runId, recorded }) => tell({ kind: 'event', runId, seq: recorded.seq, event: recorded.event }))
const stopRunner = startRunner()
stopOnSignal({
  async close() {
    await stopRunner()
    await closeDatabase()
    await release()
  },
})
tell({ kind: 'ready' })

async function start({ url, force }: Order): Promise<void> {
  const repository = { canonicalUrl: url, kind: 'url' as const, name: 'sample', org: null }
  const started = await enqueueRun(startInput('admin', 'sample', { repository, force }))
  if (started) tell({ kind: 'started', runId: started.runId, variantId: started.variantId })
}

function tell(told: Told): void {
  process.send?.(told)
}

/** Workers are started with the program this process runs in; another one loads a module before them. */
function loadInWorkers(address: string): void {
  const program = join(config().dataDir, '..', 'worker-program')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' --import '${address}' "$@"\n`)
  chmodSync(program, 0o755)
  process.execPath = program
}

/** The live feed in a process of its own, with four runs that tell. The parent says what to do. */

import { randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { insertGrant } from '#db/queries/grants.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { loadGrants } from '#lib/auth/audience.ts'
import { announce } from '#lib/events.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant } from '#lib/testing/stored-variant.ts'
import { startFeed } from '../live/feed.ts'

const RUNS = 4
const MB = 1024 * 1024

interface TellingRun {
  name: string
  generationId: string
  runId: string
  seq: number
}

export interface Order {
  kind: 'start' | 'tell' | 'end'
  users?: number
  messages?: number
  perSecond?: number
}

export interface ServerReport {
  kind: 'started' | 'told'
  port: number
  keys: string[]
  rssMb: number
  loopDelayMs: number
}

let feed: Awaited<ReturnType<typeof startFeed>> | null = null
const runs: TellingRun[] = []
const loop = monitorEventLoopDelay({ resolution: 10 })

process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => void carryOut(order))

async function carryOut({ kind, users = 0, messages = 0, perSecond = 1 }: Order): Promise<void> {
  if (kind === 'start') report('started', await start(users))
  else if (kind === 'tell') {
    await tell(messages, perSecond)
    report('told', [])
  } else {
    await feed?.close()
    process.exit()
  }
}

async function start(users: number): Promise<string[]> {
  feed = await startFeed()
  await makeAccount('ann')
  const keys: string[] = []
  for (let n = 0; n < users; n += 1) keys.push((await makeAccount(`viewer${n}`)).key)
  for (let n = 0; n < RUNS; n += 1) {
    const name = `project${n}`
    const { variantId, runId } = await generatingVariant('ann', name)
    runs.push({ name, generationId: randomUUID(), runId, seq: 0 })
    const variant = await findVariantById(variantId)
    for (let user = 0; user < users; user += 1) await insertGrant(variant?.projectId ?? '', `viewer${user}`)
  }
  await loadGrants()
  loop.enable()
  return keys
}

/** Each run in turn, at an even pace. */
async function tell(messages: number, perSecond: number): Promise<void> {
  loop.reset()
  const startMs = performance.now()
  for (let n = 0; n < messages; n += 1) {
    const dueMs = startMs + (n * 1000) / perSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
    const run = runs[n % runs.length]
    if (!run) continue
    run.seq += 1
    const event = {
      kind: 'page_written' as const,
      slug: `page-${run.seq}`,
      title: 'A page',
      page_count: run.seq,
      kept: false,
    }
    announce('run_progress', {
      identity: { owner: 'ann', name: run.name, branch: 'main', provider: 'builtin', model: 'static' },
      generationId: run.generationId,
      runId: run.runId,
      recorded: { seq: run.seq, at: new Date().toISOString(), event },
      changed: { page_count: run.seq },
    })
  }
}

function report(kind: ServerReport['kind'], keys: string[]): void {
  const told: ServerReport = {
    kind,
    keys,
    port: feed?.port ?? 0,
    rssMb: process.memoryUsage.rss() / MB,
    loopDelayMs: Math.max(0, loop.max / 1e6 - 10),
  }
  process.send?.(told)
}

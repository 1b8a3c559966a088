import { expect, it } from 'vitest'
import { claimRun, listActiveRuns } from '#db/queries/queue.ts'
import { listEvents } from '#db/queries/run-events.ts'
import { abortRun } from '#db/queries/runs.ts'
import { parseProviderLimits } from '#lib/domain/provider-limits.ts'
import { listen } from '#lib/events.ts'
import { waitingTeller } from '#lib/jobs/waiting.ts'
import { generatingVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const perProvider = parseProviderLimits('')
const RULES = { maxRunning: 99, maxPerUser: 99, perProvider, busyVariants: [], busyRepositories: [] }

/** Waiting runs, in the order in which they are taken. */
async function queued(count: number) {
  for (let number = 0; number < count; number += 1) await generatingVariant('ann', `lib-${number}`)
  return listActiveRuns()
}

async function toldTo(runId: string): Promise<unknown[]> {
  return (await listEvents(runId, 0)).map(({ event }) => (event.kind === 'waiting' ? event.ahead : event.kind))
}

it('every waiting run is told how many wait before it, once for each place, in its record and at once to who listens', async () => {
  const heard: unknown[] = []
  const silence = listen('run_progress', ({ runId, recorded }) => heard.push([runId, recorded.event]))
  const tell = waitingTeller()
  const runs = await queued(3)
  const [first, second, third] = runs.map(({ id }) => id)
  await tell()
  await tell()
  expect(heard).toEqual([
    [first, { kind: 'waiting', ahead: 0 }],
    [second, { kind: 'waiting', ahead: 1 }],
    [third, { kind: 'waiting', ahead: 2 }],
  ])
  expect((await claimRun(RULES))?.runId).toBe(first)
  await tell()
  await abortRun(runs[1]?.variantId ?? '')
  await tell()
  silence()
  expect(await Promise.all([first, second, third].map((runId) => toldTo(runId ?? '')))).toEqual([
    [0],
    [1, 0, 'finished'],
    [2, 1, 0],
  ])
})

it('a run far back is told of every tenth part of its way only', async () => {
  const tell = waitingTeller()
  const runs = await queued(41)
  for (let number = 0; number <= 40; number += 1) {
    await tell()
    await claimRun(RULES)
  }
  const told = await toldTo(runs.at(-1)?.id ?? '')
  expect(told.slice(0, 3)).toEqual([40, 36, 32])
  expect(told.slice(-10)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  expect(told.length).toBeLessThan(25)
})

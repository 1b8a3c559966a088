import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { reader, write } from '#db/client.ts'
import { listEvents } from '#db/queries/run-events.ts'
import { pruneRuns } from '#db/queries/run-history.ts'
import { abortRun, finishRun, listRuns } from '#db/queries/runs.ts'
import { runEvents, runs } from '#db/schema.ts'
import { generatingVariant, outcome } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()

/** Runs of a variant, oldest first: one that published its site, then aborted ones. */
async function history(name: string, aborted: number): Promise<{ variantId: string; runIds: string[] }> {
  const first = await generatingVariant('ann', name)
  await finishRun(first.runId, outcome())
  const runIds = [first.runId]
  for (let number = 0; number < aborted; number += 1) {
    const next = await generatingVariant('ann', name)
    await abortRun(next.variantId)
    runIds.push(next.runId)
  }
  const queuedAt = (place: number) => new Date(Date.UTC(2026, 0, place + 1)).toISOString()
  await write(async (tx) => {
    for (const [place, id] of runIds.entries())
      await tx
        .update(runs)
        .set({ queuedAt: queuedAt(place) })
        .where(eq(runs.id, id))
  })
  return { variantId: first.variantId, runIds }
}

async function left(variantId: string): Promise<string[]> {
  return (await listRuns(variantId)).map(({ id }) => id).reverse()
}

it('the newest runs stay, and the published one however old it is; the others go with their events', async () => {
  const { variantId, runIds } = await history('lib', 6)
  const [published = '', gone = '', , , fourth, fifth, sixth] = runIds
  expect(await pruneRuns(variantId, { keepRuns: 3, notBefore: null })).toBe(3)
  expect(await left(variantId)).toEqual([published, fourth, fifth, sixth])
  expect(await listEvents(published, 0)).toHaveLength(1)
  expect(await listEvents(gone, 0)).toEqual([])
  const known = await reader().select({ runId: runEvents.runId }).from(runEvents)
  expect(new Set(known.map(({ runId }) => runId))).toEqual(new Set([published, fourth, fifth, sixth]))
})

it('what is too old goes from every variant, but the newest run and what is active stay', async () => {
  const [one, two] = [await history('one', 3), await history('two', 1)]
  const active = await generatingVariant('ann', 'one')
  const notBefore = new Date(Date.UTC(2026, 0, 3)).toISOString()
  expect(await pruneRuns(null, { keepRuns: 50, notBefore })).toBe(1)
  expect(await left(one.variantId)).toEqual([one.runIds[0], one.runIds[2], one.runIds[3], active.runId])
  expect(await left(two.variantId)).toEqual(two.runIds)
})

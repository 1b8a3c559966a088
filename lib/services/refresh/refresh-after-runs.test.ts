import { createClient } from '@libsql/client'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { write } from '#db/client.ts'
import {
  findPendingRefresh,
  forgetPendingRefresh,
  rememberRefresh,
  variantsWithPendingRefresh,
} from '#db/queries/pending-refreshes.ts'
import { claimRun } from '#db/queries/queue.ts'
import { finishRun, listRuns } from '#db/queries/runs.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { users } from '#db/schema.ts'
import { config } from '#lib/config.ts'
import { abortActiveRun, announceEnd, intake, queueLimits } from '#lib/jobs/queue.ts'
import { remember } from '#lib/remember.ts'
import { refreshAfterRuns, refreshRemembered } from '#lib/services/refresh/refresh-after-runs.ts'
import { refreshVariant } from '#lib/services/refresh/refresh-variant.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant, outcome } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
remember('database-busy-timeout-ms', () => 50)
const identity = { owner: 'ann', name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }

/** A run that works, with a push that came meanwhile. */
async function pushedWhileRunning() {
  const { principal } = await makeAccount('ann')
  const { variantId, runId } = await generatingVariant('ann', 'lib')
  await claimRun({ ...queueLimits(), busyVariants: [], busyRepositories: [] })
  const variant = await findVariantById(variantId)
  if (!variant) throw new Error('no variant')
  expect(await refreshVariant(variant, 'hook')).toBe('after_run')
  return { ann: principal, variant, variantId, runId }
}

async function end(runId: string): Promise<void> {
  const ended = await finishRun(runId, outcome())
  if (ended) announceEnd(identity, ended)
}

async function triggersOf(variantId: string): Promise<string[]> {
  return (await listRuns(variantId)).map(({ trigger }) => trigger)
}

it('a push that came while a run worked starts the next one when that has ended, once', async () => {
  const { variantId, runId } = await pushedWhileRunning()
  const stop = refreshAfterRuns()
  await end(runId)
  await stop()
  expect(await triggersOf(variantId)).toEqual(['hook', 'api'])
  expect(await variantsWithPendingRefresh()).toEqual([])
})

it('who aborts the run takes the push back, too', async () => {
  const { variantId } = await pushedWhileRunning()
  const stop = refreshAfterRuns()
  await abortActiveRun(variantId, identity)
  await stop()
  expect(await triggersOf(variantId)).toEqual(['api'])
  expect(await variantsWithPendingRefresh()).toEqual([])
})

it('what was remembered before the server stopped is started when it comes up', async () => {
  const { variantId, runId } = await pushedWhileRunning()
  await end(runId)
  await refreshRemembered()
  expect(await triggersOf(variantId)).toEqual(['hook', 'api'])
})

it('what is pushed while the server stops is started when it comes up', async () => {
  await makeAccount('ann')
  const { variantId, runId } = await generatingVariant('ann', 'lib')
  await end(runId)
  const variant = await findVariantById(variantId)
  if (!variant) throw new Error('no variant')
  intake().isOpen = false
  expect(await refreshVariant(variant, 'hook')).toBe('after_run')
  intake().isOpen = true
  expect(await triggersOf(variantId)).toEqual(['api'])
  await refreshRemembered()
  expect(await triggersOf(variantId)).toEqual(['hook', 'api'])
})

it('what cannot be started, because the database is locked, stays remembered for the next time', async () => {
  const { variantId, runId } = await pushedWhileRunning()
  await end(runId)
  const other = createClient({ url: config().databaseUrl })
  const lock = await other.transaction('write')
  await refreshRemembered()
  lock.close()
  other.close()
  expect(await triggersOf(variantId)).toEqual(['api'])
  expect(await variantsWithPendingRefresh()).toEqual([variantId])
  await refreshRemembered()
  expect(await triggersOf(variantId)).toEqual(['hook', 'api'])
  expect(await variantsWithPendingRefresh()).toEqual([])
})

it('a push that comes while an earlier one is followed is not forgotten with it', async () => {
  const { variantId } = await pushedWhileRunning()
  const seen = await findPendingRefresh(variantId)
  await expect.poll(() => new Date().toISOString()).not.toBe(seen?.requestedAt)
  expect(await rememberRefresh(variantId, 'hook')).toBe('remembered')
  if (seen) await forgetPendingRefresh(seen)
  expect(await variantsWithPendingRefresh()).toEqual([variantId])
})

it('what the owner may not have refreshed any more is forgotten', async () => {
  const { variantId, runId } = await pushedWhileRunning()
  await end(runId)
  await write((tx) => tx.update(users).set({ role: 'viewer' }).where(eq(users.username, 'ann')))
  await refreshRemembered()
  expect(await triggersOf(variantId)).toEqual(['api'])
  expect(await variantsWithPendingRefresh()).toEqual([])
})

it('nothing is remembered without a run that works, and a deleted variant is not made anew', async () => {
  const { ann, variant, variantId, runId } = await pushedWhileRunning()
  await end(runId)
  expect(await rememberRefresh(variantId, 'hook')).toBe('idle')
  await removeVariant(ann, identity)
  await expect(refreshVariant(variant, 'hook')).rejects.toMatchObject({ code: 'not_found' })
  expect(await findVariantById(variantId)).toBeNull()
})

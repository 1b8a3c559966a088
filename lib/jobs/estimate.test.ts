import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parsePlanUpdate } from '#lib/domain/plan-update.ts'
import { estimator } from '#lib/jobs/estimator.ts'
import { jobOf } from '#lib/jobs/job-of.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { withEstimates } from '#lib/testing/with-estimates.ts'

const dataDir = withTemporaryData({ COMPATIBLE_BASE_URL: 'http://127.0.0.1:1/v1' })
const { signal } = new AbortController()

const repository = withEstimates({
  'package.json': JSON.stringify({ name: 'doors', main: 'open.ts' }),
  'open.ts': '/** Opens a door. */\nexport function openDoor(): void {}\n',
})

async function estimated(stop: AbortSignal = signal) {
  const run = { runId: 'estimate', owner: 'ann', name: 'doors', branch: 'main', force: false, repoType: null }
  const job = jobOf({
    ...run,
    canonicalUrl: repository().path,
    kind: 'local',
    provider: 'compatible',
    model: 'gpt-5-mini',
  })
  const found = await estimator().estimate?.(job, { user: 'ann', signal: stop })
  return { outcome: found?.outcome, update: parsePlanUpdate(found?.planned?.plan_json) }
}

it('tells page by page what a run would need, asks no model and leaves nothing behind', {
  timeout: 120_000,
}, async () => {
  const { outcome, update } = await estimated()
  expect(outcome).toMatchObject({ status: 'ready', upToDate: false })
  expect(update).toMatchObject({ kind: 'full', prices_of: '2026-08-05' })
  expect(update?.pages).toHaveLength(outcome?.totalPages ?? 0)
  const pages = update?.pages.map(({ needs }) => needs?.cost_usd ?? 0) ?? []
  expect(Math.min(...pages)).toBeGreaterThan(0)
  // The plan is asked for as well.
  expect(update?.cost_usd).toBeGreaterThan(pages.reduce((sum, usd) => sum + usd, 0))
  for (const folder of ['projects', 'estimates'])
    expect(await readdir(join(dataDir, folder)).catch(() => [])).toEqual([])
})

it('is one at a time for each user', { timeout: 120_000 }, async () => {
  const first = estimated()
  await expect(estimated()).rejects.toThrow('Another estimate is being made')
  expect((await first).outcome?.status).toBe('ready')
})

it('ends with the client that asked', { timeout: 120_000 }, async () => {
  const leaving = new AbortController()
  const asked = estimated(leaving.signal)
  leaving.abort()
  await expect(asked).rejects.toMatchObject({ code: 'aborted' })
})

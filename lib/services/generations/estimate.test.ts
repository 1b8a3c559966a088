import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anyVariant } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { estimateGeneration } from '#lib/services/generations/estimate.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

const dataDir = withTemporaryData({ COMPATIBLE_BASE_URL: 'http://127.0.0.1:1/v1', MAX_COST_PER_MONTH_USD: '3' })
const admin: Principal = {
  username: 'admin',
  role: 'admin',
  credential: { kind: 'key' },
} as Principal
const { signal } = new AbortController()

let repository: TempRepository
beforeAll(async () => {
  repository = await createTempRepository({
    files: {
      'package.json': JSON.stringify({ name: 'doors', main: 'open.ts' }),
      'open.ts': '/** Opens a door. */\nexport function openDoor(): void {}\n',
    },
  })
})
afterAll(async () => await repository.remove())

const request = () => ({
  repo_path: repository.path,
  branch: null,
  ai_provider: 'compatible',
  ai_model: 'gpt-5-mini',
  force: false,
})

it('tells page by page what a generation would need, asks no model and leaves nothing behind', {
  timeout: 120_000,
}, async () => {
  const { up_to_date, total_pages, update, budget_left_usd } = await estimateGeneration(admin, request(), signal)
  expect(up_to_date).toBe(false)
  expect(update).toMatchObject({ kind: 'full', prices_of: '2026-08-05' })
  expect(update?.pages).toHaveLength(total_pages)
  const pages = update?.pages.map(({ needs }) => needs?.cost_usd ?? 0) ?? []
  expect(Math.min(...pages)).toBeGreaterThan(0)
  // The plan is asked for as well.
  expect(update?.cost_usd).toBeGreaterThan(pages.reduce((sum, usd) => sum + usd, 0))
  expect(budget_left_usd).toBe(3)
  expect(await anyVariant()).toBe(false)
  expect(await readdir(join(dataDir, 'projects')).catch(() => [])).toEqual([])
})

it('is one at a time for each user', { timeout: 120_000 }, async () => {
  const first = estimateGeneration(admin, request(), signal)
  await expect(estimateGeneration(admin, request(), signal)).rejects.toThrow('Another estimate is being made')
  expect((await first).up_to_date).toBe(false)
})

it('ends with the client that asked', { timeout: 120_000 }, async () => {
  const leaving = new AbortController()
  const asked = estimateGeneration(admin, request(), leaving.signal)
  leaving.abort()
  await expect(asked).rejects.toMatchObject({ code: 'aborted' })
})

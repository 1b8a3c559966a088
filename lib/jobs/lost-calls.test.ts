import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { listCalls, spentOn } from '#db/queries/ai-calls.ts'
import { RUN_VARIABLE } from '#lib/config.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { activeRuns, enqueueRun } from '#lib/jobs/queue.ts'
import { startRunner } from '#lib/jobs/runner.ts'
import { type FakeAiServer, fakeAiServer } from '#lib/testing/fake-ai-server.ts'
import { startInput } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

withTemporaryData()

let model: FakeAiServer
let repository: TempRepository
let stop: () => Promise<void>
beforeAll(async () => {
  model = await fakeAiServer()
  vi.stubEnv('COMPATIBLE_BASE_URL', `${model.url}/v1`)
  repository = await createTempRepository({ files: { 'open.ts': 'export function openDoor(): void {}\n' } })
  stop = startRunner()
})
afterEach(() => model.reply())
afterAll(async () => {
  await stop()
  vi.unstubAllEnvs()
  await model.close()
  await repository.remove()
})

it('a call whose process is killed before anybody heard its end is in the ledger, with the most it may have cost', {
  timeout: 120_000,
}, async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  // It never answers.
  model.reply(() => resolve())
  const source = { canonicalUrl: repository.path, kind: 'local' as const, name: 'doors', org: null }
  const writer = { provider: 'compatible', model: 'gpt-5-mini' }
  const started = await enqueueRun({ ...startInput('admin', 'doors', { repository: source }), ...writer })
  const runId = started?.runId ?? ''
  await asked
  const gone = activeRuns().get(runId)?.gone
  for (const id of await processesWith(RUN_VARIABLE, runId)) process.kill(id, 'SIGKILL')
  await gone
  const [call] = await listCalls({ runId }, 10)
  expect(call).toMatchObject({ requestedBy: 'admin', isEstimate: true, slug: null, outputTokens: 16_000 })
  expect(call?.costUsd).toBeGreaterThan((16_000 * 2) / 1e6)
  expect(await spentOn({ runId })).toMatchObject({ calls: 1, estimated_calls: 1 })
})

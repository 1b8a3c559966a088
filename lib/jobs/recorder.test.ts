import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { spentOn } from '#db/queries/ai-calls.ts'
import { listEvents } from '#db/queries/run-events.ts'
import { abortRun, findRun } from '#db/queries/runs.ts'
import { deleteVariants } from '#db/queries/variants.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import { listen, type ServerEvents } from '#lib/events.ts'
import { recorderFor } from '#lib/jobs/recorder.ts'
import { generatingVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData()
const identity = { owner: 'ann', name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }

it('announces each event after it is stored, and with it only the fields that changed', async () => {
  const { runId, variantId } = await generatingVariant('ann', 'lib')
  const variantDir = variantFolder(dataDir, identity)
  await mkdir(join(variantDir, 'pages'), { recursive: true })
  const told: ServerEvents['run_progress'][] = []
  const silence = listen('run_progress', (event) => told.push(event))
  const run = { runId, generationId: variantId, identity, requestedBy: 'ann', variantDir }
  const recorder = recorderFor(run, { signal: new AbortController().signal, onStale: () => undefined })
  const page = { kind: 'page_written' as const, title: 'P', page_count: 0, kept: false }
  recorder.push({ kind: 'stage_started', stage: 'generating_pages' })
  await recorder.settled()
  await writeFile(join(variantDir, 'pages', 'a.md'), '# A')
  recorder.push({ ...page, slug: 'a' })
  recorder.push({ ...page, slug: 'a' })
  await recorder.settled()
  silence()
  expect(told.map(({ changed }) => changed)).toEqual([{ current_stage: 'generating_pages' }, { page_count: 1 }, {}])
  expect(told.map(({ recorded }) => recorded)).toEqual(await listEvents(runId, 0))
})

it('records what a run spends also when it is no longer the active one or gone, and nothing else of it', async () => {
  const { runId, variantId } = await generatingVariant('ann', 'stale')
  const staleIdentity = { ...identity, name: 'stale' }
  const variantDir = variantFolder(dataDir, staleIdentity)
  const run = { runId, generationId: variantId, identity: staleIdentity, requestedBy: 'ann', variantDir }
  const onStale = vi.fn()
  const recorder = recorderFor(run, { signal: new AbortController().signal, onStale })
  await abortRun(variantId)
  const before = await listEvents(runId, 0)
  const call = { kind: 'tokens_used' as const, input_tokens: 1000, output_tokens: 10, cost_usd: 0.25 }
  recorder.push({ ...call, slug: 'a' })
  await recorder.settled()
  recorder.push({ ...call, slug: 'b', cost_usd: null })
  await recorder.settled()
  expect(onStale).toHaveBeenCalledTimes(1)
  expect(await findRun(variantId, runId)).toMatchObject({ inputTokens: 2000, costUsd: 0.25, unpricedCalls: 1 })
  expect(await listEvents(runId, 0)).toEqual(before)
  await deleteVariants([variantId])
  recorder.push({ ...call, slug: 'c' })
  await recorder.settled()
  expect(await spentOn({ runId })).toMatchObject({ calls: 3, input_tokens: 3000, cost_usd: 0.5, unpriced_calls: 1 })
})

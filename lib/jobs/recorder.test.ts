import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listEvents } from '#db/queries/run-events.ts'
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
  const run = { runId, generationId: variantId, identity, variantDir }
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

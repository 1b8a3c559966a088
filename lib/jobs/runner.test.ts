import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listEvents } from '#db/queries/run-events.ts'
import { listRuns } from '#db/queries/runs.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { RUN_VARIABLE } from '#lib/config.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import type { RecordedEvent } from '#lib/domain/run-events.ts'
import { listen } from '#lib/events.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { abortActiveRun, activeRuns, enqueueRun } from '#lib/jobs/queue.ts'
import { recover } from '#lib/jobs/recover.ts'
import { startRunner } from '#lib/jobs/runner.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'
import { adminPrincipal } from '#lib/testing/accounts.ts'
import { generatingVariant, readyVariant, startInput } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'
import { writeReady } from '#lib/variant-folder.ts'

const dataDir = withTemporaryData()
const identity = { owner: 'admin', name: 'sample', branch: 'main', provider: 'builtin', model: 'static' }
/** The system refuses to start a program with more than 128 KB in one variable. */
const LARGER_THAN_A_VARIABLE_MAY_BE = 200_000
let repository: TempRepository
let stop: () => Promise<void>

beforeEach(async () => {
  const code = '/** Opens a door. */\nexport function openDoor(wide: boolean): boolean {\n  return wide\n}\n'
  repository = await createTempRepository({
    files: {
      'package.json': '{"name":"sample","main":"open.ts"}',
      'README.md': '# Sample\n\nDoors.\n',
      'open.ts': code,
    },
  })
  stop = startRunner()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await stop()
  await repository.remove()
})

/** Starts a run of the repository and gathers what it tells. */
async function start(force = false) {
  const told: RecordedEvent[] = []
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const silence = [
    listen('run_progress', ({ recorded }) => told.push(recorded)),
    listen('run_ended', ({ recorded }) => {
      told.push(recorded)
      resolve()
    }),
  ]
  const source = { canonicalUrl: repository.path, kind: 'local' as const, name: 'sample', org: null }
  const started = await enqueueRun(startInput('admin', 'sample', { repository: source, force }))
  if (!started) throw new Error('the variant is generating already')
  const done = ended.finally(() => {
    for (const stopListening of silence) stopListening()
  })
  return { ...started, told, done }
}

/** Resolves when a worker of the run has entered a stage. */
function untilStageStarted(told: RecordedEvent[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const silence = listen('run_progress', ({ recorded }) => {
    if (recorded.event.kind === 'stage_started') resolve()
  })
  if (told.length > 0) resolve()
  return promise.finally(silence)
}

describe('a run', () => {
  it('ends ready, with the pages counted on disk, every event recorded, and nothing to do the next time', async () => {
    const run = await start()
    await run.done
    const folder = variantFolder(dataDir, identity)
    const pages = (await readdir(join(folder, 'pages'))).filter((name) => name.endsWith('.md'))
    const variant = await findVariantById(run.variantId)
    expect(variant).toMatchObject({
      status: 'ready',
      currentStage: null,
      pageCount: pages.length,
      totalPages: pages.length,
      siteRunId: run.runId,
      lastCommitSha: repository.commit,
    })
    expect(existsSync(join(folder, 'sites', run.runId, 'index.html'))).toBe(true)
    expect(await listEvents(run.runId, 0)).toEqual(run.told)
    expect(run.told.map((one) => one.seq)).toEqual(run.told.map((_, index) => index + 1))
    await activeRuns().get(run.runId)?.gone
    const again = await start()
    await again.done
    expect(await findVariantById(run.variantId)).toMatchObject({ status: 'ready', currentStage: 'up_to_date' })
  })

  it('stops when a person aborts it, and leaves no process and nothing accepted afterwards', async () => {
    const run = await start()
    await untilStageStarted(run.told)
    const process = activeRuns().get(run.runId)
    expect(await abortActiveRun(run.variantId, identity)).toBe(true)
    expect(await findVariantById(run.variantId)).toMatchObject({
      status: 'aborted',
      errorMessage: 'Generation aborted by user',
    })
    await process?.gone
    expect(await findVariantById(run.variantId)).toMatchObject({ status: 'aborted', siteRunId: null })
    expect(existsSync(join(variantFolder(dataDir, identity), 'ready.json'))).toBe(false)
    expect((await listEvents(run.runId, 0)).at(-1)?.event).toMatchObject({ kind: 'finished', status: 'aborted' })
  })
})

describe('a run whose end comes from outside', () => {
  it('is an error that can be resumed when its process is killed, and leaves nothing unfinished', async () => {
    const run = await start()
    await untilStageStarted(run.told)
    const gone = activeRuns().get(run.runId)?.gone
    for (const id of await processesWith(RUN_VARIABLE, run.runId)) process.kill(id, 'SIGKILL')
    await Promise.all([run.done, gone])
    const variant = await findVariantById(run.variantId)
    expect(variant).toMatchObject({ status: 'error', errorMessage: expect.stringContaining('SIGKILL') })
    const files = await readdir(dataDir, { recursive: true })
    expect(files.filter((name) => name.includes('.tmp-'))).toEqual([])
  })

  it('leaves nothing that the next run could take for its success, also when it is killed after its last write', async () => {
    const run = await start()
    await untilStageStarted(run.told)
    const gone = activeRuns().get(run.runId)?.gone
    const processes = await processesWith(RUN_VARIABLE, run.runId)
    for (const id of processes) process.kill(id, 'SIGSTOP')
    const folder = variantFolder(dataDir, identity)
    await mkdir(join(folder, 'sites', run.runId), { recursive: true })
    await writeFile(join(folder, 'sites', run.runId, 'index.html'), 'whole')
    const { commit } = repository
    const counts = { page_count: 1, total_pages: 1, warnings: [] }
    await writeReady(folder, { format: 1, commit, branch: 'main', run_id: run.runId, repo_type: 'library', ...counts })
    for (const id of processes) process.kill(id, 'SIGKILL')
    await Promise.all([run.done, gone])
    expect(await findVariantById(run.variantId)).toMatchObject({ status: 'error', siteRunId: null })
    const again = await start()
    await again.done
    const variant = await findVariantById(run.variantId)
    expect(variant).toMatchObject({ status: 'ready', currentStage: null, siteRunId: again.runId })
  })

  it('is an error when its process cannot be started, and the next one is served', async () => {
    vi.stubEnv('LANG', 'x'.repeat(LARGER_THAN_A_VARIABLE_MAY_BE))
    const run = await start()
    await run.done
    vi.unstubAllEnvs()
    expect(await findVariantById(run.variantId)).toMatchObject({ status: 'error' })
    const again = await start()
    await again.done
    expect(await findVariantById(run.variantId)).toMatchObject({ status: 'ready', siteRunId: again.runId })
  })

  it('that is aborted twice and deleted at once is gone for good', async () => {
    const run = await start()
    await untilStageStarted(run.told)
    const gone = activeRuns().get(run.runId)?.gone
    const won = await Promise.all([1, 2].map(() => abortActiveRun(run.variantId, identity)))
    expect(won.filter(Boolean)).toHaveLength(1)
    await removeVariant(await adminPrincipal(), identity)
    await gone
    expect(await findVariantById(run.variantId)).toBeNull()
    expect(existsSync(variantFolder(dataDir, identity))).toBe(false)
    expect(await processesWith(RUN_VARIABLE, run.runId)).toEqual([])
  })

  it('that is aborted and started again at once ends as the second run says', async () => {
    const first = await start(true)
    await untilStageStarted(first.told)
    await abortActiveRun(first.variantId, identity)
    const second = await start(true)
    await second.done
    await activeRuns().get(second.runId)?.gone
    expect(await findVariantById(first.variantId)).toMatchObject({ status: 'ready', siteRunId: second.runId })
    expect((await listRuns(first.variantId)).map(({ state }) => state)).toEqual(['ready', 'aborted'])
  })
})

describe('after a stop at any instant', () => {
  it('makes errors of interrupted runs and removes what no row leads to', async () => {
    await stop()
    const { variantId } = await generatingVariant('ann', 'broken')
    const kept = await readyVariant('ann', 'lib')
    const folder = variantFolder(dataDir, { ...identity, owner: 'ann', name: 'lib' })
    const orphans = [
      join(folder, 'sites', 'other-run'),
      join(folder, 'pages', '.tmp-page.md-1'),
      join(dataDir, 'projects', 'gone', 'lib', 'main'),
      join(dataDir, 'repos', 'unused.git'),
    ]
    for (const orphan of orphans) await mkdir(orphan, { recursive: true })
    await writeFile(join(folder, 'pages', 'guide.md'), '# Guide')
    await recover()
    expect(orphans.filter((orphan) => existsSync(orphan))).toEqual([])
    expect(existsSync(join(folder, 'sites', kept.runId, 'index.html'))).toBe(true)
    expect(existsSync(join(folder, 'pages', 'guide.md'))).toBe(true)
    expect(await findVariantById(variantId)).toMatchObject({
      status: 'error',
      errorMessage: 'Server restarted during generation',
    })
  })
})

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { write } from '#db/client.ts'
import { recordProgress } from '#db/queries/run-events.ts'
import { abortRun, findRun, listRuns } from '#db/queries/runs.ts'
import { findVariantById, setPageCount } from '#db/queries/variants.ts'
import { users } from '#db/schema.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { listen } from '#lib/events.ts'
import { abortActiveRun, activeRuns, enqueueRun, intake, resumeRun } from '#lib/jobs/queue.ts'
import { recover } from '#lib/jobs/recover.ts'
import { startRunner } from '#lib/jobs/runner.ts'
import { resumeVariant } from '#lib/services/generations/resume.ts'
import { resumeInterrupted } from '#lib/services/generations/resume-interrupted.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant, readyVariant, startInput } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

const dataDir = withTemporaryData()
const identity = { owner: 'admin', name: 'sample', branch: 'main', provider: 'builtin', model: 'static' }
const folder = variantFolder(dataDir, identity)
let repository: TempRepository
let stop: () => Promise<void> = async () => undefined

beforeEach(async () => {
  intake().isOpen = true
  const packages = ['door', 'lamp', 'wall', 'roof', 'step', 'yard'].map((name) => [
    `${name}/${name}.ts`,
    `/** Makes a ${name}. */\nexport function make_${name}(wide: boolean): boolean {\n  return wide\n}\n`,
  ])
  const files = { 'README.md': '# Sample\n', 'package.json': '{"name":"sample"}', ...Object.fromEntries(packages) }
  repository = await createTempRepository({ files })
})
afterEach(async () => {
  await stop()
  await repository.remove()
})

function start(force = false) {
  const source = { canonicalUrl: repository.path, kind: 'local' as const, name: 'sample', org: null }
  return enqueueRun(startInput('admin', 'sample', { repository: source, force }))
}

/** Resolves with all a run told, at its end. */
function untilEnd(onEvent: (event: RunEvent) => void = () => undefined): Promise<RunEvent[]> {
  const told: RunEvent[] = []
  const { promise, resolve } = Promise.withResolvers<RunEvent[]>()
  const silence = [
    listen('run_progress', ({ recorded }) => {
      told.push(recorded.event)
      onEvent(recorded.event)
    }),
    listen(
      'run_ended',
      ({ runId }) => void (activeRuns().get(runId)?.gone ?? Promise.resolve()).then(() => resolve(told)),
    ),
  ]
  return promise.finally(() => {
    for (const end of silence) end()
  })
}

async function writersOfPages(): Promise<Map<string, string>> {
  const names = (await readdir(join(folder, 'pages'))).filter((name) => name.endsWith('.json'))
  const notes = names.map(async (name) => {
    const { run_id } = JSON.parse(await readFile(join(folder, 'pages', name), 'utf8'))
    return [name.slice(0, -'.json'.length), run_id] as const
  })
  return new Map(await Promise.all(notes))
}

async function told(runId: string, event: RunEvent) {
  await recordProgress(runId, [{ at: new Date().toISOString(), event }], {})
}

describe('resuming', () => {
  it('keeps the pages that an aborted run has written and writes only the others', async () => {
    stop = startRunner()
    const run = await start()
    if (!run) throw new Error('not started')
    await untilEnd((event) => {
      if (event.kind === 'page_written') void abortActiveRun(run.variantId, identity)
    })
    const written = await writersOfPages()
    expect(written.size).toBeGreaterThan(0)
    const events = untilEnd()
    const answer = await resumeVariant(await adminPrincipal(), identity)
    expect(answer).toMatchObject({ status: 'generating', generation_id: run.variantId })
    const kept = (await events).flatMap((event) => (event.kind === 'page_written' && event.kept ? [event.slug] : []))
    expect(kept.sort()).toEqual([...written.keys()].sort())
    const after = await writersOfPages()
    expect([...written.keys()].map((slug) => after.get(slug))).toEqual([...written.values()])
    const [newest] = await listRuns(run.variantId)
    expect(newest).toMatchObject({ state: 'ready', trigger: 'resume', force: false })
    await expect(resumeVariant(await adminPrincipal(), identity)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('forces again what was forced, until the forced run had its plan', async () => {
    const first = await start(true)
    if (!first) throw new Error('not started')
    await abortRun(first.variantId)
    const variant = await findVariantById(first.variantId)
    if (!variant) throw new Error('no variant')
    const request = { trigger: 'resume', requestedBy: 'admin' } as const
    const second = await resumeRun(variant, request)
    expect(await findRun(first.variantId, second?.runId ?? '')).toMatchObject({ force: true })
    await told(second?.runId ?? '', { kind: 'plan_ready', plan_json: '{}', total_pages: 1, kept_pages: 0 })
    await abortRun(first.variantId)
    const third = await resumeRun({ ...variant, runId: second?.runId ?? '' }, request)
    expect(await findRun(first.variantId, third?.runId ?? '')).toMatchObject({ force: false })
  })

  it('is for the owner and admins, of what has pages and does not run', async () => {
    const [ann, eve] = [(await makeAccount('ann')).principal, (await makeAccount('eve')).principal]
    const query = { ...identity, name: 'lib', owner: 'ann' }
    const { variantId } = await generatingVariant('ann', 'lib')
    await expect(resumeVariant(ann, query)).rejects.toThrow(/already being generated/)
    await abortRun(variantId)
    await expect(resumeVariant(ann, query)).rejects.toThrow(/No page of lib@main was written/)
    await expect(resumeVariant(eve, query)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is refused while the server stops', async () => {
    await startRunner()()
    await expect(start()).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('RESUME_ON_START', () => {
  it('queues every interrupted run again, those that waited too, once', async () => {
    for (const name of ['ann', 'bob']) await makeAccount(name)
    await readyVariant('ann', 'done')
    const runs = [await generatingVariant('ann', 'one'), await generatingVariant('bob', 'two', { force: true })]
    await mkdir(join(dataDir, 'projects/ann/one/main/builtin/static/pages'), { recursive: true })
    await writeFile(join(dataDir, 'projects/ann/one/main/builtin/static/pages/a.md'), '# A')
    await resumeInterrupted(await recover())
    for (const { variantId, runId } of runs) {
      const [newest, before] = await listRuns(variantId)
      expect(before).toMatchObject({ id: runId, state: 'error', message: 'Server restarted during generation' })
      expect(newest).toMatchObject({ state: 'waiting', trigger: 'restart' })
    }
    expect((await listRuns(runs[1]?.variantId ?? ''))[0]).toMatchObject({ force: true, requestedBy: 'bob' })
    expect(await findVariantById(runs[0]?.variantId ?? '')).toMatchObject({ pageCount: 1 })
    await resumeInterrupted(await recover())
    const states = await Promise.all(runs.map(async ({ variantId }) => (await findVariantById(variantId))?.status))
    expect(states).toEqual(['error', 'error'])
  })
  it('leaves what its owner may not have documented any more', async () => {
    const { principal: ann } = await makeAccount('ann')
    const { variantId } = await generatingVariant('ann', 'one')
    await write((tx) => tx.update(users).set({ role: 'viewer' }).where(eq(users.username, 'ann')))
    await resumeInterrupted(await recover())
    expect((await listRuns(variantId)).map(({ state }) => state)).toEqual(['error'])
    await setPageCount(variantId, 1)
    const query = { ...identity, name: 'one', owner: 'ann' }
    await expect(resumeVariant(await adminPrincipal(), query)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(resumeVariant(ann, query)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

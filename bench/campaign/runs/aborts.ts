import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { closeDatabase } from '#db/client.ts'
import { takeDataDirectory } from '#db/data-directory.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { listEvents } from '#db/queries/run-events.ts'
import { findRun } from '#db/queries/runs.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { loadGrants } from '#lib/auth/audience.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { RUN_VARIABLE } from '#lib/config.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import { STAGES, type Stage, TERMINAL_STATUSES } from '#lib/domain/stages.ts'
import { listen, type ServerEvents } from '#lib/events.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { abortActiveRun, activeRuns, enqueueRun } from '#lib/jobs/queue.ts'
import { startRunner } from '#lib/jobs/runner.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'
import { startInput } from '#lib/testing/stored-variant.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'
import { atLeast, atMost, type Extent, type Goal, noneOf, type Row } from '../goal.ts'
import { filesBelow } from './check-data.ts'
import { RUN_FILES } from './sample.ts'
import { stopAtStages } from './stops.ts'

const WAYS = ['once', 'twice', 'with delete', 'with regenerate'] as const
type Way = (typeof WAYS)[number]
const IDENTITY = { owner: ADMIN_USERNAME, name: 'sample', branch: 'main', provider: 'builtin', model: 'static' }
const ADMIN: Principal = {
  username: ADMIN_USERNAME,
  role: 'admin',
  credential: { kind: 'key', hash: '' },
  expiresAt: null,
}
const AGAINST_THE_FINISH = { fast: 2, full: 20 }
const AT: Record<Extent, readonly Stage[]> = { fast: ['cloning', 'rendering'], full: STAGES }
/** Nothing may be written this long after everything has ended. */
const SILENT_MS = 300

/** F2: an abort ends a run once and for all, wherever and however it comes. */
export const aborts: Goal = {
  title: 'abort at each stage: once, twice, with delete, with regenerate, with SIGTERM, against the finish',
  fast: true,
  measure,
}

interface Seen {
  visibleMs: number[]
  goneMs: number[]
  /** Sentences about what went wrong. */
  states: string[]
  processes: string[]
  late: string[]
}

interface World {
  repository: TempRepository
  variantDir: string
  seen: Seen
  changes: number
}

/** When to abort: a run has told this. */
type Moment = (event: ServerEvents['run_progress']['recorded']['event']) => boolean

async function measure(extent: Extent): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-abort-'))
  Object.assign(process.env, { DATA_DIR: join(folder, 'data'), KEEP_RUNS: '10000', LOG_LEVEL: 'error' })
  const repository = await createTempRepository({ files: RUN_FILES })
  const seen: Seen = { visibleMs: [], goneMs: [], states: [], processes: [], late: [] }
  const world = { repository, variantDir: variantFolder(join(folder, 'data'), IDENTITY), seen, changes: 0 }
  const release = await takeDataDirectory(join(folder, 'data'))
  await migrateDatabase()
  await loadGrants()
  const stop = startRunner()
  try {
    for (const stage of AT[extent]) for (const way of WAYS) await abortAt(world, stage, way)
    for (let number = 0; number < AGAINST_THE_FINISH[extent]; number += 1) await abortAtFinish(world)
    return [...rows(seen, AT[extent].length * WAYS.length), ...(await stopAtStages(AT[extent]))]
  } finally {
    await stop()
    await closeDatabase()
    await release()
    await repository.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

function rows({ visibleMs, goneMs, states, processes, late }: Seen, least: number): Row[] {
  const id = 'F2'
  return [
    atLeast({ id, what: 'aborts', figure: goneMs.length, least }),
    noneOf(id, 'runs without exactly one end', states),
    atMost({ id, what: 'slowest abort to be seen', figure: Math.max(...visibleMs) / 1000, most: 2, unit: 's' }),
    atMost({ id, what: 'slowest processes to be gone', figure: Math.max(...goneMs) / 1000, most: 12, unit: 's' }),
    noneOf(id, 'processes left', processes),
    noneOf(id, 'things written after the end', late),
  ]
}

async function abortAt(world: World, stage: Stage, way: Way): Promise<void> {
  const isIncremental = stage === 'incremental_planning'
  if (isIncremental) await completeRun(world)
  await abortWhen(world, { name: `${stage} ${way}`, way, force: !isIncremental }, (event) => {
    return event.kind === 'stage_started' && event.stage === stage
  })
}

async function abortAtFinish(world: World): Promise<void> {
  await abortWhen(world, { name: 'the finish', way: 'once', force: true }, (event) => {
    return event.kind === 'stage_finished' && event.stage === 'rendering'
  })
}

async function completeRun(world: World): Promise<void> {
  const run = await start(world, false)
  await untilTold('run_ended', run.runId)
  await activeRuns().get(run.runId)?.gone
}

async function start(world: World, force: boolean) {
  const { repository } = world
  world.changes += 1
  if (!force) await repository.write({ 'CHANGES.md': `# Change ${world.changes}\n` }, `Change ${world.changes}`)
  const source = { canonicalUrl: repository.path, kind: 'local' as const, name: 'sample', org: null }
  const started = await enqueueRun(startInput(ADMIN_USERNAME, 'sample', { repository: source, force }))
  if (!started) throw new Error('The variant is generating although its run has ended')
  return started
}

interface Attempt {
  name: string
  way: Way
  force: boolean
}

async function abortWhen(world: World, attempt: Attempt, isMoment: Moment): Promise<void> {
  const { seen } = world
  const { promise: aborted, resolve } = Promise.withResolvers<{
    process: Promise<void>
    startMs: number
    won: boolean
  }>()
  const silence = listen('run_progress', ({ runId, generationId, recorded }) => {
    if (!isMoment(recorded.event)) return
    silence()
    const startMs = performance.now()
    const process = activeRuns().get(runId)?.gone ?? Promise.resolve()
    const times = attempt.way === 'twice' ? 2 : 1
    const calls = Array.from({ length: times }, () => abortActiveRun(generationId, IDENTITY))
    void Promise.all(calls).then((answers) => {
      const won = answers.filter(Boolean).length
      if (won > 1) seen.states.push(`${attempt.name}: ${won} aborts won`)
      resolve({ process, startMs, won: won > 0 })
    })
  })
  const run = await start(world, attempt.force)
  const { process, startMs, won } = await aborted
  const row = await findVariantById(run.variantId)
  if (won && row?.status !== 'aborted') seen.states.push(`${attempt.name}: aborted, but ${row?.status}`)
  seen.visibleMs.push(performance.now() - startMs)
  const followed = follow(world, attempt, run.variantId)
  await process
  seen.goneMs.push(performance.now() - startMs)
  await followed
  await check(world, attempt, run)
}

/** What a person does right after the abort. */
async function follow(world: World, { name, way }: Attempt, variantId: string): Promise<void> {
  if (way === 'with delete') await removeVariant(ADMIN, IDENTITY)
  if (way !== 'with regenerate') return
  const next = await start(world, true)
  await untilTold('run_ended', next.runId)
  await activeRuns().get(next.runId)?.gone
  const row = await findVariantById(variantId)
  if (row?.status !== 'ready' || row.siteRunId !== next.runId) world.seen.states.push(`${name}: then ${row?.status}`)
}

async function check({ seen, variantDir }: World, { name, way }: Attempt, run: { runId: string; variantId: string }) {
  const left = await processesWith(RUN_VARIABLE, run.runId)
  if (left.length > 0) seen.processes.push(`${name}: ${left.length}`)
  const before = await stateOf(variantDir, run)
  await wait(SILENT_MS)
  if ((await stateOf(variantDir, run)) !== before) seen.late.push(name)
  if (way === 'with delete') {
    if (filesBelow(variantDir).length > 0 || (await findVariantById(run.variantId)))
      seen.late.push(`${name}: not deleted`)
    return
  }
  const ends = (await listEvents(run.runId, 0)).filter(({ event }) => event.kind === 'finished')
  const stored = await findRun(run.variantId, run.runId)
  const isTerminal = TERMINAL_STATUSES.some((status) => status === stored?.state)
  if (ends.length !== 1 || !isTerminal) seen.states.push(`${name}: ${ends.length} ends, run ${stored?.state}`)
}

/** Everything a late write would change. */
async function stateOf(
  variantDir: string,
  { runId, variantId }: { runId: string; variantId: string },
): Promise<string> {
  const files = await Promise.all(
    filesBelow(variantDir).map(async (path) => [path, (await stat(path).catch(() => null))?.mtimeMs ?? null]),
  )
  return JSON.stringify([files, await findVariantById(variantId), await listEvents(runId, 0)])
}

function untilTold(name: 'run_ended', runId: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const silence = listen(name, (event) => {
    if (event.runId === runId) resolve()
  })
  return promise.finally(silence)
}

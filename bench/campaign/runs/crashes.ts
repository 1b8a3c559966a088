import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { variantFolder } from '#lib/domain/folders.ts'
import { type GitServer, serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'
import { atLeast, type Extent, type Goal, noneOf } from '../goal.ts'
import { type DataWorld, type Faults, filesBelow, findFaults } from './check-data.ts'
import type { Told } from './messages.ts'
import { processesLeft, type RunsProcess, startRuns } from './runs-process.ts'
import { RUN_FILES } from './sample.ts'

/** Moments that are tried; every n-th write is one. */
const EXTENTS = { fast: { random: 4, everyWrite: 25 }, full: { random: 200, everyWrite: 1 } }
const IDENTITY = { owner: 'admin', name: 'sample', branch: 'main', provider: 'builtin', model: 'static' }

/** F1: whatever instant everything ends at, nothing that was acknowledged is lost and nothing half is left. */
export const crashes: Goal = {
  title: 'kill -9 at random moments and at every rename and fsync of a run',
  fast: true,
  measure,
}

interface World extends DataWorld {
  url: string
  git: GitServer
  repository: TempRepository
  /** How long a whole run takes. */
  runMs: number
  /** Renames and fsyncs of a whole run. */
  writes: number
}

async function measure(extent: Extent) {
  const { random, everyWrite } = EXTENTS[extent]
  const world = await makeWorld()
  const found: Faults & { processes: string[] } = { lost: [], torn: [], stale: [], left: [], processes: [] }
  const acknowledged: Told[] = []
  let crashed = 0
  let faultsBefore = 0
  try {
    for (const moment of moments(world, { random, everyWrite })) {
      const runs = await startRuns(world.dataDir, moment.module)
      note(found, moment.name, await findFaults(world, acknowledged))
      await crash(world, runs, moment)
      crashed += 1
      acknowledged.push(...runs.told)
      const { stale, left: leftOver } = await findFaults(world, [])
      faultsBefore += stale.length + leftOver.length
      const left = await processesLeft(world.dataDir)
      if (left > 0) found.processes.push(`${moment.name}: ${left}`)
    }
    const { faults, isReady } = await heal(world, acknowledged)
    note(found, 'at the end', faults)
    const rows = acknowledged.filter((told) => told.kind !== 'ready').length
    return [
      atLeast({
        id: 'F1',
        what: 'times everything was ended',
        figure: crashed,
        least: extent === 'full' ? 200 + world.writes : 4,
      }),
      atLeast({
        id: 'F1',
        what: 'control: faults there are before the restart',
        figure: faultsBefore,
        least: 1,
      }),
      noneOf('F1', `acknowledged rows that were lost, of ${rows}`, found.lost),
      noneOf('F1', 'torn pages, plans, notes and sites', found.torn),
      noneOf('F1', 'rows still generating after the restart', found.stale),
      noneOf('F1', 'processes left', found.processes),
      noneOf('F1', 'temporary files and orphans after the restart', found.left),
      noneOf('F1', 'runs afterwards that did not end ready', isReady ? [] : ['the last one']),
    ]
  } finally {
    await world.git.close()
    await world.repository.remove()
    await rm(join(world.dataDir, '..'), { recursive: true, force: true })
  }
}

async function makeWorld(): Promise<World> {
  const dataDir = join(await mkdtemp(join(tmpdir(), 'docsfy-crash-')), 'data')
  const variantDir = variantFolder(dataDir, IDENTITY)
  const repository = await createTempRepository({ files: RUN_FILES })
  const git = await serveGit(repository.root)
  const world = { dataDir, variantDir, pages: new Map<string, string>(), url: `${git.url}/sample`, git, repository }
  const countFile = join(dataDir, '..', 'writes')
  const runs = await startRuns(dataDir, endAtWrite({ count: countFile }))
  const startedMs = performance.now()
  if (!(await wholeRun(world, runs))) throw new Error('A run that nobody disturbs does not end ready')
  const runMs = performance.now() - startedMs
  const writes = Number(await readFile(countFile, 'utf8'))
  runs.child.kill('SIGTERM')
  await runs.ended
  for (const path of filesBelow(join(variantDir, 'pages')))
    if (path.endsWith('.md')) world.pages.set(basename(path), await readFile(path, 'utf8'))
  return { ...world, runMs, writes }
}

interface Moment {
  name: string
  module: string
  /** Ends the server after so long; null: the module does it. */
  afterMs: number | null
}

function* moments(
  { runMs, writes }: World,
  { random, everyWrite }: { random: number; everyWrite: number },
): Generator<Moment> {
  for (let at = 1; at <= writes; at += everyWrite)
    yield { name: `write ${at} of ${writes}`, module: endAtWrite({ at: String(at) }), afterMs: null }
  // The golden ratio spreads moments evenly, whatever their number, and the same ones each time.
  for (let number = 1; number <= random; number += 1) {
    const afterMs = ((number * 0.618_034) % 1) * runMs * 1.1
    yield { name: `after ${Math.round(afterMs)} ms`, module: '', afterMs }
  }
}

async function crash({ dataDir, url }: World, runs: RunsProcess, { afterMs }: Moment): Promise<void> {
  // Without its store the repository is fetched again, so that a run has all its writes.
  await rm(join(dataDir, 'repos'), { recursive: true, force: true })
  runs.order({ kind: 'start', url, force: true })
  if (afterMs === null) await Promise.race([runs.ended, runs.until(isFinished)])
  else await wait(afterMs)
  runs.child.kill('SIGKILL')
  await runs.ended
}

async function heal(world: World, acknowledged: Told[]): Promise<{ faults: Faults; isReady: boolean }> {
  const runs = await startRuns(world.dataDir)
  const faults = await findFaults(world, acknowledged)
  const isReady = await wholeRun(world, runs)
  runs.child.kill('SIGTERM')
  await runs.ended
  return { faults, isReady }
}

async function wholeRun({ url }: { url: string }, runs: RunsProcess): Promise<boolean> {
  runs.order({ kind: 'start', url, force: true })
  const end = await runs.until(isFinished)
  return end?.event.kind === 'finished' && end.event.status === 'ready'
}

function isFinished(told: Told): told is Extract<Told, { kind: 'event' }> {
  return told.kind === 'event' && told.event.kind === 'finished'
}

function endAtWrite(parameters: Record<string, string>): string {
  const address = new URL('./end-at-write.ts', import.meta.url)
  address.search = String(new URLSearchParams(parameters))
  return address.href
}

function note(found: Faults, moment: string, faults: Faults): void {
  for (const kind of ['lost', 'torn', 'stale', 'left'] as const)
    found[kind].push(...faults[kind].map((fault) => `after ${moment}: ${fault}`))
}

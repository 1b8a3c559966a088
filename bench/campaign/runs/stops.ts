import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { variantFolder } from '#lib/domain/folders.ts'
import type { Stage } from '#lib/domain/stages.ts'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'
import { atMost, noneOf, type Row } from '../goal.ts'
import { findFaults } from './check-data.ts'
import type { Told } from './messages.ts'
import { processesLeft, type RunsProcess, startRuns } from './runs-process.ts'
import { RUN_FILES } from './sample.ts'

const IDENTITY = { owner: 'admin', name: 'sample', branch: 'main', provider: 'builtin', model: 'static' }

/** SIGTERM to the server when its run enters each of these stages. */
export async function stopAtStages(stages: readonly Stage[]): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-stop-'))
  const dataDir = join(folder, 'data')
  const repository = await createTempRepository({ files: RUN_FILES })
  const git = await serveGit(repository.root)
  const endMs: number[] = []
  const wrong: string[] = []
  try {
    for (const stage of stages) {
      const force = stage !== 'incremental_planning'
      const runs = await startRuns(dataDir)
      if (!force) {
        await wholeRun(runs, `${git.url}/sample`)
        await repository.write({ 'CHANGES.md': '# Changes\n' }, 'Change')
      }
      const { ms, code } = await stopAt(runs, { url: `${git.url}/sample`, stage, force })
      endMs.push(ms)
      if (code !== 0) wrong.push(`at ${stage}: exit code ${code}`)
      const processes = await processesLeft(dataDir)
      if (processes > 0) wrong.push(`at ${stage}: ${processes} processes left`)
      wrong.push(...(await afterRestart(dataDir, runs.told)).map((fault) => `at ${stage}: ${fault}`))
    }
  } finally {
    await git.close()
    await repository.remove()
    await rm(folder, { recursive: true, force: true })
  }
  return [
    atMost({ id: 'F2', what: 'slowest stop after SIGTERM', figure: Math.max(...endMs) / 1000, most: 10, unit: 's' }),
    noneOf('F2', 'faults after SIGTERM and the restart', wrong),
  ]
}

async function stopAt(runs: RunsProcess, { url, stage, force }: { url: string; stage: Stage; force: boolean }) {
  const before = new Set(runs.told)
  runs.order({ kind: 'start', url, force })
  const reached = await runs.until((told): told is Extract<Told, { kind: 'event' }> => {
    if (told.kind !== 'event' || before.has(told)) return false
    return told.event.kind === 'finished' || (told.event.kind === 'stage_started' && told.event.stage === stage)
  })
  if (reached?.event.kind !== 'stage_started') throw new Error(`The run ended before it came to ${stage}`)
  const startedMs = performance.now()
  runs.child.kill('SIGTERM')
  const code = await runs.ended
  return { ms: performance.now() - startedMs, code }
}

/** What the next start finds and makes of it: every page is whole by itself, so their texts are not compared. */
async function afterRestart(dataDir: string, told: Told[]): Promise<string[]> {
  const runs = await startRuns(dataDir)
  const variantDir = variantFolder(dataDir, IDENTITY)
  const { lost, stale, left } = await findFaults({ dataDir, variantDir, pages: new Map() }, told)
  runs.child.kill('SIGTERM')
  await runs.ended
  return [...lost, ...stale, ...left]
}

async function wholeRun(runs: RunsProcess, url: string): Promise<void> {
  runs.order({ kind: 'start', url, force: false })
  await runs.until((told): told is Told => told.kind === 'event' && told.event.kind === 'finished')
}

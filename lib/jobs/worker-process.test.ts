import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RUN_VARIABLE } from '#lib/config.ts'
import { processesWith, sweep } from '#lib/jobs/process-group.ts'
import type { RunLimits } from '#lib/jobs/watchdog.ts'
import { startWorker } from '#lib/jobs/worker-process.ts'
import { type GitServer, serveGit } from '#lib/testing/git-http-server.ts'
import { makeJob } from '#lib/testing/make-job.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

const dataDir = withTemporaryData({ ALLOW_PRIVATE_HOSTS: 'true' })
const AMPLE: RunLimits = { memoryMb: 2048, timeoutMs: 120_000, silenceMs: 60_000 }
let repository: TempRepository
let server: GitServer
let release: () => void

beforeEach(async () => {
  mkdirSync(dataDir, { recursive: true })
  repository = await createTempRepository({ files: { 'README.md': '# Held\n' } })
  server = await serveGit(repository.root)
  const gate = Promise.withResolvers<void>()
  release = gate.resolve
  server.hold(gate.promise, 'mid-pack')
})
afterEach(async () => {
  release()
  await server.close()
  await repository.remove()
})

/**
 * A worker in the middle of fetching, whose server has stopped answering. Limits may be lowered while it works, so that
 * no test depends on how long a start takes.
 */
function startHeld(runId: string, limits: RunLimits = AMPLE) {
  const job = makeJob({
    runId,
    work: join(dataDir, runId),
    source: { kind: 'url', url: `${server.url}/sample` },
    network: { allowedHosts: [], allowPrivateHosts: true, engine: 'system' },
  })
  return startWorker(job, { limits, onMessage: () => undefined })
}

const processesOf = (runId: string) => processesWith(RUN_VARIABLE, runId)

describe('a worker process', () => {
  it('that stands still is noticed and ended', async () => {
    const limits = { ...AMPLE }
    const worker = startHeld('frozen', limits)
    await server.untilHeld()
    const processes = await processesOf('frozen')
    expect(processes).not.toEqual([])
    for (const id of processes) process.kill(id, 'SIGSTOP')
    limits.silenceMs = 1500
    expect((await worker.ended).limit).toMatch(/no sign of life for 1.5 seconds/)
    expect(await processesOf('frozen')).toEqual([])
  })

  it('that needs more memory than it may is ended and says how much that is', async () => {
    const worker = startHeld('large', { ...AMPLE, memoryMb: 40 })
    // Whichever notices first: the watch, or the worker itself, whose heap is smaller still.
    const { limit, problem } = await worker.ended
    expect(limit ?? problem).toMatch(/needed more than 40 MB of memory .* MAX_RUN_MEMORY_MB/)
    expect(await processesOf('large')).toEqual([])
  })

  it('that takes too long is ended and says which setting allows more', async () => {
    const limits = { ...AMPLE }
    const worker = startHeld('slow', limits)
    await server.untilHeld()
    limits.timeoutMs = 1
    expect((await worker.ended).limit).toMatch(/longer than 0.001 seconds .* RUN_TIMEOUT_SECONDS/)
    expect(await processesOf('slow')).toEqual([])
  })

  it('that stands still when it is aborted is gone in the end, with the programs it has started', async () => {
    const worker = startHeld('stubborn')
    await server.untilHeld()
    const processes = await processesOf('stubborn')
    expect(processes.length).toBeGreaterThan(1)
    for (const id of processes) process.kill(id, 'SIGSTOP')
    worker.abort()
    await worker.ended
    expect(await processesOf('stubborn')).toEqual([])
  }, 60_000)

  it('leaves nothing behind that has left its process group', async () => {
    const worker = startHeld('escaping')
    const environment = { ...process.env, [RUN_VARIABLE]: 'escaping' }
    const escaped = spawn('sleep', ['600'], { detached: true, stdio: 'ignore', env: environment })
    const gone = new Promise((resolve) => escaped.once('exit', (_, signal) => resolve(signal)))
    await server.untilHeld()
    worker.kill()
    await worker.ended
    expect(await gone).toBe('SIGKILL')
    expect(await sweep(RUN_VARIABLE, 'escaping')).toBe(0)
  })
})

import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { RUN_VARIABLE } from '#lib/config.ts'
import { processesWith, sweep } from '#lib/jobs/process-group.ts'

/** A worker that starts a program which does not notice that the worker is gone. */
const WORKER = `
import { spawn } from 'node:child_process'
import { endWithServer } from ${JSON.stringify(new URL('./end-with-server.ts', import.meta.url).href)}
endWithServer()
spawn('sleep', ['60'], { stdio: 'ignore' }).once('spawn', () => process.send('up'))
process.on('message', () => undefined)
`

it('a worker whose server is gone takes along what it has started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-worker-'))
  const file = join(folder, 'worker.mjs')
  await writeFile(file, WORKER)
  const id = randomUUID()
  const child = fork(file, { env: { ...process.env, [RUN_VARIABLE]: id }, execArgv: [], detached: true })
  await once(child, 'message')
  expect(await processesWith(RUN_VARIABLE, id)).toHaveLength(2)
  child.disconnect()
  try {
    await expect.poll(() => processesWith(RUN_VARIABLE, id)).toEqual([])
  } finally {
    await sweep(RUN_VARIABLE, id)
    await rm(folder, { recursive: true, force: true })
  }
})

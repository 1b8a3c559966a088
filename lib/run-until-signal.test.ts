import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'

const CHATTY = String.raw`
import { runUntilSignal } from '#lib/run-until-signal.ts'
const url = 'http://127.0.0.1'
await runUntilSignal(async () => ({ url, createSignInLink: async () => url, close: async () => {} }))
let written = 0
let before = process.cpuUsage()
let since = performance.now()
setInterval(() => {
  process.stdout.write('a line\n')
  process.stderr.write('a line\n')
  written += 1
  if (written === 20) [before, since] = [process.cpuUsage(), performance.now()]
  if (written === 60) process.send({ cpuMs: process.cpuUsage(before).user / 1000, elapsedMs: performance.now() - since })
}, 10)
`

it('a server goes on, at rest, when whoever read its output has gone, and still ends properly', async () => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', CHATTY], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const told = once(child, 'message')
  const ended = once(child, 'exit')
  await once(child.stdout ?? child, 'data')
  child.stdout?.destroy()
  child.stderr?.destroy()
  const [{ cpuMs, elapsedMs }] = await Promise.race([told, ended.then(() => [{ cpuMs: Number.NaN, elapsedMs: 0 }])])
  expect(cpuMs).toBeLessThan(elapsedMs / 2)
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

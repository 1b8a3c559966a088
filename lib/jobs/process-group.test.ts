import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { familyMemoryBytes, sweep } from '#lib/jobs/process-group.ts'

const NAME = 'DOCSFY_TEST_FAMILY'
const MANY_BYTES = 200_000_000
const CHILD = `globalThis.held = Buffer.alloc(${MANY_BYTES}, 1); console.log('held'); setInterval(() => {}, 1e6)`
const PARENT = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(CHILD)}],
  { detached: true, stdio: ['ignore', 'inherit', 'inherit'] }); setInterval(() => {}, 1e6)`

it('counts the memory of a process and of what it started in a group of its own, and of nobody else', async () => {
  const value = String(process.pid)
  const options = { detached: true, stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] }
  const leader = spawn(process.execPath, ['-e', PARENT], { ...options, env: { ...process.env, [NAME]: value } })
  const other = spawn(process.execPath, ['-e', CHILD], { ...options, env: { ...process.env, [NAME]: value } })
  try {
    await Promise.all([once(leader.stdout, 'data'), once(other.stdout, 'data')])
    const bytes = await familyMemoryBytes(leader.pid ?? 0)
    expect(bytes).toBeGreaterThan(MANY_BYTES)
    expect(bytes).toBeLessThan(2 * MANY_BYTES)
  } finally {
    expect(await sweep(NAME, value)).toBe(3)
  }
  expect(await familyMemoryBytes(leader.pid ?? 0)).toBe(0)
})

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askEstimate } from '#lib/services/generations/ask-estimate.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { type GitServer, serveGit } from '#lib/testing/git-http-server.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { withEstimates } from '#lib/testing/with-estimates.ts'

const dataDir = withTemporaryData({ ALLOW_PRIVATE_HOSTS: 'true' })
const repository = withEstimates({ 'open.ts': '/** Opens a door. */\nexport function openDoor(): void {}\n' })
const { signal } = new AbortController()

let server: GitServer
beforeAll(async () => {
  server = await serveGit(repository().root)
})
afterAll(async () => await server.close())

const request = (branch = 'main') => ({ repo_url: `${server.url}/sample`, branch, force: false })
const beingMade = async () => await readdir(join(dataDir, 'estimates')).catch(() => [])

it('answers in time that it goes on, and goes on for whoever asks the same again, once for all of them', {
  timeout: 120_000,
}, async () => {
  const { principal } = await makeAccount('ann')
  const gate = Promise.withResolvers<void>()
  server.hold(gate.promise)
  server.requests.length = 0
  expect(await askEstimate(principal, { request: request(), signal, answerMs: 1 })).toBeNull()
  await server.untilHeld()
  const leaving = new AbortController()
  const other = askEstimate(principal, { request: request(), signal: leaving.signal })
  const [first, second] = [1, 2].map(() => askEstimate(principal, { request: request(), signal, answerMs: 100_000 }))
  leaving.abort()
  await expect(other).rejects.toMatchObject({ code: 'aborted' })
  gate.resolve()
  expect(await first).toMatchObject({ project: 'sample', branch: 'main', up_to_date: false })
  expect(await second).toEqual(await first)
  const together = server.requests.splice(0)
  expect(await askEstimate(principal, { request: request(), signal, answerMs: 100_000 })).toEqual(await first)
  expect(together).toEqual(server.requests)
})

it('ends the estimate that nobody comes back for, and the one left for another', { timeout: 120_000 }, async () => {
  const { principal } = await makeAccount('ann')
  server.hold(Promise.withResolvers<void>().promise)
  expect(await askEstimate(principal, { request: request(), signal, answerMs: 1, keptMs: 1 })).toBeNull()
  await expect.poll(beingMade, { timeout: 60_000 }).toEqual([])

  server.hold(Promise.withResolvers<void>().promise)
  expect(await askEstimate(principal, { request: request(), signal, answerMs: 1 })).toBeNull()
  await server.untilHeld()
  server.hold(null)
  const next = { ...request(), force: true }
  expect(await askEstimate(principal, { request: next, signal, answerMs: 100_000 })).toMatchObject({ branch: 'main' })
})

it('tells what went wrong, also when nobody waited for it then, and tries again the next time', {
  timeout: 120_000,
}, async () => {
  const { principal } = await makeAccount('ann')
  const gate = Promise.withResolvers<void>()
  server.hold(gate.promise)
  const asked = { request: request('gone'), signal }
  expect(await askEstimate(principal, { ...asked, answerMs: 1 })).toBeNull()
  gate.resolve()
  const told = { code: 'repository_unavailable', message: expect.stringContaining('gone') }
  await expect(askEstimate(principal, { ...asked, answerMs: 100_000 })).rejects.toMatchObject(told)
  await repository().git('branch', 'gone')
  expect(await askEstimate(principal, { ...asked, answerMs: 100_000 })).toMatchObject({ branch: 'gone' })
})

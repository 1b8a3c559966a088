import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listEvents } from '#db/queries/run-events.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { listen } from '#lib/events.ts'
import { activeRuns } from '#lib/jobs/queue.ts'
import { startRunner } from '#lib/jobs/runner.ts'
import { setCredential } from '#lib/services/credentials/set.ts'
import { startGeneration } from '#lib/services/generations/start.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { type GitServer, serveGit } from '#lib/testing/git-http-server.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

const dataDir = withTemporaryData({ ALLOW_PRIVATE_HOSTS: 'true' })
const credential = { username: 'ann-git', token: 'canary-c0ffee-token' }
const SECRETS = [
  credential.token,
  encodeURIComponent(credential.token),
  Buffer.from(`${credential.username}:${credential.token}`).toString('base64'),
]
let repository: TempRepository
let server: GitServer
let stop: () => Promise<void>

beforeEach(async () => {
  repository = await createTempRepository({ files: { 'README.md': '# Private\n', 'a.ts': 'export const a = 1\n' } })
  server = await serveGit(repository.root, { credential })
  stop = startRunner()
})
afterEach(async () => {
  await stop()
  await server.close()
  await repository.remove()
})

/** Every file below the data directory that holds a secret. */
function leaks(): string[] {
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(dataDir, name)
    return statSync(path).isFile() && SECRETS.some((secret) => readFileSync(path).includes(secret))
  })
}

/** Command lines of all processes of the machine that show a secret. */
function shownInProcessList(): string[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return ids.flatMap((id) => {
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, 'utf8')
      return SECRETS.some((secret) => line.includes(secret)) ? [line] : []
    } catch {
      return []
    }
  })
}

async function generate(repo_url: string, caller = adminPrincipal()) {
  const { promise: ended, resolve } = Promise.withResolvers<string>()
  const silence = listen('run_ended', ({ runId }) => resolve(runId))
  const answer = await startGeneration(await caller, { repo_url, branch: 'main', force: false })
  const runId = await ended.finally(silence)
  await activeRuns().get(runId)?.gone
  const variant = await findVariantById(answer.generation_id)
  return { told: JSON.stringify([answer, variant, await listEvents(runId, 0)]), variant }
}

describe('a private repository', () => {
  it('is read with stored credentials, which then stand nowhere in clear', async () => {
    const { principal } = await makeAccount('ann')
    await setCredential(principal, { ...credential, host: server.url })
    const gate = Promise.withResolvers<void>()
    server.hold(gate.promise, 'mid-pack')
    const generating = generate(`${server.url}/sample`, Promise.resolve(principal))
    await server.untilHeld()
    expect(shownInProcessList()).toEqual([])
    gate.resolve()
    const { told, variant } = await generating
    expect(variant).toMatchObject({ status: 'ready', lastCommitSha: repository.commit })
    expect(SECRETS.filter((secret) => told.includes(secret))).toEqual([])
    expect(leaks()).toEqual([])
  })

  it('is read with what stands before the host of its address, for that run only', async () => {
    const address = server.url.replace('//', `//${credential.username}:${credential.token}@`)
    const { told, variant } = await generate(`${address}/sample`)
    expect(variant).toMatchObject({ status: 'ready' })
    expect(SECRETS.filter((secret) => told.includes(secret))).toEqual([])
    expect(leaks()).toEqual([])
    await repository.write({ 'a.ts': 'export const a = 2\n' }, 'Change')
    expect((await generate(`${server.url}/sample`)).variant).toMatchObject({
      status: 'error',
      errorMessage: expect.stringContaining('store credentials for its host'),
    })
  })

  it('says so when the server does not take the credentials', async () => {
    const address = server.url.replace('//', '//someone:wrong-token@')
    const { told, variant } = await generate(`${address}/sample`)
    expect(variant?.errorMessage).toContain('whether the token is valid')
    expect(told).not.toContain('wrong-token')
  })
})

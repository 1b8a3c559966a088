import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { DATA_VARIABLE, networkRules, RUN_VARIABLE, workerEnvironment } from '#lib/config.ts'
import type { HeadQuestion } from '#lib/git/remote-head.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { askRemoteHead } from '#lib/jobs/remote-head.ts'
import { withRemoteRepository } from '#lib/testing/remote-repository.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData({ ALLOW_PRIVATE_HOSTS: 'true', GIT_ENGINE: 'system', CLONE_TIMEOUT_SECONDS: '2' })
const remote = withRemoteRepository()
beforeEach(() => mkdirSync(dataDir, { recursive: true }))

const never = new Promise<void>(() => undefined)
const sample = () => ({ kind: 'url' as const, canonicalUrl: `${remote.server.url}/sample`, branch: 'main' })
const alone = { credential: null, signal: new AbortController().signal }

describe('the process that asks for the end of a branch', () => {
  it('answers with the commit, and leaves no process', async () => {
    expect(await askRemoteHead(sample(), alone)).toBe(remote.repository.commit)
    expect(await processesWith(DATA_VARIABLE, dataDir)).toEqual([])
  })

  it('gives a silent server up when its time is over, with everything it started', async () => {
    remote.server.hold(never, 'refs')
    await expect(askRemoteHead(sample(), alone)).rejects.toMatchObject({ code: 'repository_unavailable' })
    expect(await processesWith(DATA_VARIABLE, dataDir)).toEqual([])
  })

  it('takes the git it has started along when its server is gone', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const connected = once(silent, 'connection')
    const { port } = silent.address() as AddressInfo
    const child = fork(fileURLToPath(new URL('./head-worker.ts', import.meta.url)), {
      env: workerEnvironment('orphan'),
      execArgv: [],
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.send({
      source: { kind: 'url', url: `ssh://git@127.0.0.1:${port}/sample` },
      branch: 'main',
      network: { ...networkRules(), ssh: { keyFile: '/dev/null', knownHostsFile: '/dev/null' } },
      credential: null,
      timeoutMs: 60_000,
    } satisfies HeadQuestion)
    const [socket] = await connected
    expect((await processesWith(RUN_VARIABLE, 'orphan')).length).toBeGreaterThan(1)
    child.disconnect()
    await expect.poll(() => processesWith(RUN_VARIABLE, 'orphan')).toEqual([])
    socket.destroy()
    silent.close()
  })
})

import { mkdirSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { DATA_VARIABLE } from '#lib/config.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { askRemoteHead } from '#lib/jobs/remote-head.ts'
import { withRemoteRepository } from '#lib/testing/remote-repository.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData({ ALLOW_PRIVATE_HOSTS: 'true', GIT_ENGINE: 'system', CLONE_TIMEOUT_SECONDS: '300' })
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

  it('gives a silent server up long before a clone would be, with everything it started', async () => {
    remote.server.hold(never, 'refs')
    const asked = askRemoteHead(sample(), { ...alone, longestMs: 1000 })
    await expect(asked).rejects.toMatchObject({
      code: 'repository_unavailable',
      message: expect.stringContaining('1 s'),
    })
    expect(await processesWith(DATA_VARIABLE, dataDir)).toEqual([])
  })
})

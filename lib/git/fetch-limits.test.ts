import { describe, expect, it } from 'vitest'
import { failureOf, fetchLimits, textsOf, withRemoteRepository } from '#lib/testing/remote-repository.ts'
import { openSnapshot } from './snapshot.ts'

describe.each(['builtin', 'system'] as const)('the limits of the %s engine', (engine) => {
  const remote = withRemoteRepository(engine)
  const withLimits = (limits: Partial<typeof fetchLimits>) =>
    failureOf(remote.fetchIt({ limits: { ...fetchLimits, ...limits } }))

  it('of received bytes says which setting an administrator can raise', async () => {
    const noise = Buffer.alloc(300_000).map((_, i) => (i * 7919 + i ** 2) % 251)
    await remote.repository.write({ 'big.bin': noise }, 'Big')
    expect(await withLimits({ maxRepoBytes: 900 })).toEqual({
      code: 'limit_reached',
      message: 'The repository is larger than 900 bytes: an administrator can raise MAX_REPO_BYTES',
    })
  })

  it('of bytes counts what a few packed bytes unpack to', async () => {
    const zeros = (n: number) => [`${n}.bin`, Buffer.alloc(1_000_000, n)] as const
    await remote.repository.write(Object.fromEntries([1, 2, 3].map(zeros)), 'Zeros')
    expect(await withLimits({ maxRepoBytes: 2_500_000 })).toEqual({
      code: 'limit_reached',
      message: 'The files of this commit are larger than 3 MB together: an administrator can raise MAX_REPO_BYTES',
    })
    await expect(remote.fetchIt({ limits: { ...fetchLimits, maxRepoBytes: 3_100_000 } })).resolves.toBeDefined()
  })

  it('of files and of time say which setting', async () => {
    expect(await withLimits({ maxRepoFiles: 1 })).toEqual({
      code: 'limit_reached',
      message: 'This commit has more than 1 files: an administrator can raise MAX_REPO_FILES',
    })
    const gate = Promise.withResolvers<void>()
    remote.server.hold(gate.promise, 'pack')
    expect(await withLimits({ cloneTimeoutMs: 300 })).toMatchObject({
      code: 'timed_out',
      message: expect.stringContaining('CLONE_TIMEOUT_SECONDS'),
    })
    gate.resolve()
  })

  it('of depth ends a tree that is nested too deeply', async () => {
    const path = `${'d/'.repeat(110)}f`
    await remote.repository.write({ [path]: 'x' }, 'Deep')
    expect(await withLimits({})).toMatchObject({
      code: 'limit_reached',
      message: expect.stringContaining('deeper than 100'),
    })
  })
})

describe('a file that is too large to be read', () => {
  const remote = withRemoteRepository('system', { allowFilter: true })

  it('is not even sent where the server can leave it out; the others are, now and later', async () => {
    const { repository } = remote
    const noise = Buffer.allocUnsafe(65 * 1024 * 1024)
    for (let i = 0; i < noise.length; i += 4) noise.writeUInt32LE(Math.imul(i, 2_654_435_761) >>> 0, i)
    await repository.git('config', 'core.compression', '0')
    await repository.write({ 'huge.bin': noise }, 'Huge')
    const received: string[] = []
    const opened = await remote.fetchIt({ progress: (message) => received.push(message) })
    expect(received.filter((message) => message.startsWith('Received'))).toEqual([])
    expect(await textsOf(opened)).toMatchObject({ 'huge.bin': '', 'src/a.ts': 'export const a = 1\n' })
    const { entries } = await openSnapshot({ ...opened, limits: fetchLimits, signal: new AbortController().signal })
    expect(entries.map(({ path }) => path)).toContain('huge.bin')
    const messages: string[] = []
    await remote.fetchIt({ progress: (message) => messages.push(message) })
    expect(messages).toContain('This commit is already here')
    await repository.write({ 'src/a.ts': 'export const a = 2\n' }, 'Change')
    expect(await textsOf(await remote.fetchIt())).toMatchObject({ 'huge.bin': '', 'src/a.ts': 'export const a = 2\n' })
  })
})

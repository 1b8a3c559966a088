import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureOf, textsOf, withRemoteRepository } from '#lib/testing/remote-repository.ts'
import { canServeSsh, type SshServer, serveSsh } from '#lib/testing/ssh-server.ts'
import { parseRefs } from './ssh-engine.ts'

describe.skipIf(!canServeSsh)('a repository over ssh', () => {
  const remote = withRemoteRepository('system')
  let ssh: SshServer
  beforeAll(async () => {
    ssh = await serveSsh()
  })
  afterAll(() => ssh.close())

  function fetchIt(rules: { keyFile?: string; knownHostsFile?: string }, branch: string | null = null) {
    const { keyFile, knownHostsFile } = ssh
    const network = { allowedHosts: [], allowPrivateHosts: true, ssh: { keyFile, knownHostsFile, ...rules } }
    return remote.fetchIt({ url: `${ssh.url}${remote.repository.path}/.git`, network, branch })
  }

  it('is fetched, by branch, tag and commit, and not again while nothing changes', async () => {
    const { repository } = remote
    await repository.git('tag', '-a', 'v1', '-m', 'Release')
    const later = await repository.write({ 'src/a.ts': 'export const a = 2\n' }, 'Later')
    expect(await fetchIt({})).toMatchObject({ commit: later, branch: 'main' })
    for (const name of ['v1', repository.commit, repository.commit.slice(0, 8)]) {
      const opened = await fetchIt({}, name)
      expect(opened).toMatchObject({ commit: repository.commit, branch: name })
      expect((await textsOf(opened))['src/a.ts']).toBe('export const a = 1\n')
    }
    expect((await failureOf(fetchIt({}, 'v2'))).message).toContain('Similar: v1.')
  })

  it('is not contacted when the host cannot prove to be the listed one', async () => {
    expect(await failureOf(fetchIt({ knownHostsFile: ssh.forgedHostsFile }))).toMatchObject({
      code: 'refused_address',
      message: expect.stringContaining('SSH_KNOWN_HOSTS_FILE'),
    })
    expect((await failureOf(fetchIt({ knownHostsFile: '/dev/null' }))).code).toBe('refused_address')
  })

  it('is not shown to another key', async () => {
    expect(await failureOf(fetchIt({ keyFile: ssh.strangerKeyFile }))).toMatchObject({
      code: 'repository_unavailable',
      message: expect.stringContaining('SSH_KEY_FILE'),
    })
  })
})

it('reads what git lists of a remote repository', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(40))
  const text = `ref: refs/heads/main\tHEAD\n${a}\tHEAD\n${a}\trefs/heads/main\n${b}\trefs/tags/v1\n${c}\trefs/tags/v1^{}\nnoise\n`
  expect(parseRefs(text)).toEqual([
    { ref: 'HEAD', oid: a, target: 'refs/heads/main' },
    { ref: 'refs/heads/main', oid: a, target: undefined },
    { ref: 'refs/tags/v1', oid: b, target: undefined, peeled: c },
  ])
})

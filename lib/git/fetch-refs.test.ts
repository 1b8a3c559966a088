import { describe, expect, it } from 'vitest'
import { failureOf, textsOf, withRemoteRepository } from '#lib/testing/remote-repository.ts'

describe.each(['builtin', 'system'] as const)('what is asked for, with the %s engine', (engine) => {
  const remote = withRemoteRepository(engine)

  async function tagged(): Promise<{ first: string; second: string; third: string }> {
    const { repository } = remote
    const second = await repository.write({ 'src/a.ts': 'export const a = 2\n' }, 'Second')
    await repository.git('tag', '-a', 'v1.2.3', '-m', 'Release')
    await repository.git('tag', '-a', 'outer', '-m', 'Tag of a tag', 'v1.2.3')
    await repository.git('tag', 'light', repository.commit)
    const third = await repository.write({ 'src/a.ts': 'export const a = 3\n' }, 'Third')
    return { first: repository.commit, second, third }
  }

  it('may be a tag, light or annotated or a tag of a tag: the commit behind it is brought', async () => {
    const { first, second } = await tagged()
    for (const [branch, commit, n] of [
      ['light', first, 1],
      ['v1.2.3', second, 2],
      ['outer', second, 2],
      ['refs/tags/v1.2.3', second, 2],
    ] as const) {
      const opened = await remote.fetchIt({ branch })
      expect(opened).toMatchObject({ commit, branch })
      expect((await textsOf(opened))['src/a.ts']).toBe(`export const a = ${n}\n`)
    }
  })

  it('is not fetched again when the commit behind a tag is here', async () => {
    await tagged()
    await remote.fetchIt({ branch: 'v1.2.3' })
    const messages: string[] = []
    await remote.fetchIt({ branch: 'v1.2.3', progress: (message) => messages.push(message) })
    expect(messages).toContain('This commit is already here')
  })

  it('may be any ref by its full name; a branch wins over a tag of the same name', async () => {
    const { first, third } = await tagged()
    await remote.repository.git('update-ref', 'refs/pull/7/head', first)
    await remote.repository.git('tag', 'main', first)
    expect(await remote.fetchIt({ branch: 'refs/pull/7/head' })).toMatchObject({ commit: first })
    expect(await remote.fetchIt({ branch: 'main' })).toMatchObject({ commit: third })
    expect(await remote.fetchIt({ branch: 'refs/tags/main' })).toMatchObject({ commit: first })
  })

  it('may be a commit, whole or shortened, at the end of a branch or inside its history', async () => {
    const { second, third } = await tagged()
    await remote.repository.git('tag', '-d', 'v1.2.3', 'outer')
    for (const branch of [third, third.slice(0, 9), second, second.slice(0, 7), second.slice(0, 12).toUpperCase()]) {
      const opened = await remote.fetchIt({ branch })
      expect(opened).toMatchObject({
        branch,
        commit: branch.toLowerCase().startsWith(third.slice(0, 7)) ? third : second,
      })
      expect((await textsOf(opened))['src/a.ts']).toMatch(/a = [23]/)
    }
  })

  it('says what resembles a name that nothing has', async () => {
    await tagged()
    const { code, message } = await failureOf(remote.fetchIt({ branch: 'v1.2.4' }))
    expect(code).toBe('repository_unavailable')
    expect(message).toContain('No branch, tag or commit "v1.2.4" exists')
    expect(message).toContain('its default branch is "main". Similar: v1.2.3.')
  })

  it('says so when no commit begins like this, or is this', async () => {
    for (const branch of ['0123456789', 'f'.repeat(40)])
      expect((await failureOf(remote.fetchIt({ branch }))).message).toContain(`No branch, tag or commit "${branch}"`)
  })

  it('does not take a tag of a file for a commit', async () => {
    await remote.repository.git('tag', 'notes', 'HEAD:README.md')
    expect(await failureOf(remote.fetchIt({ branch: 'notes' }))).toEqual({
      code: 'repository_unavailable',
      message: expect.stringContaining('"notes" names something other than a commit'),
    })
  })

  it.each(['-upload-pack=touch x', 'a..b', 'a b', 'refs/heads/../x', 'x\ny'])(
    'is never asked of a server: %j',
    async (branch) => {
      expect((await failureOf(remote.fetchIt({ branch }))).code).toBe('invalid_input')
    },
  )
})

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { listRepositoryCredentials, putRepositoryCredential } from '#db/queries/repository-credentials.ts'
import { credentialForRun, holdForNextRun } from '#lib/auth/repository-credentials.ts'
import { seal, unseal } from '#lib/auth/seal.ts'
import { listCredentials } from '#lib/services/credentials/list.ts'
import { removeCredential } from '#lib/services/credentials/remove.ts'
import { setCredential } from '#lib/services/credentials/set.ts'
import { removeUser } from '#lib/services/users/remove.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData()
const given = { host: 'git.example', username: 'ann-git', token: 'the-token-of-ann' }

function runOf(owner: string, canonicalUrl: string) {
  return { owner, canonicalUrl, branch: 'main', provider: 'builtin', model: 'static' }
}

afterEach(async () => {
  const admin = await adminPrincipal()
  for (const { host } of (await listCredentials(admin)).credentials) await removeCredential(admin, host)
})

describe('credentials of a user', () => {
  it('go with their own runs of that host over https, and with nothing else', async () => {
    const { principal } = await makeAccount('ann')
    await makeAccount('bob')
    await setCredential(principal, { ...given, host: 'https://Git.Example/team/any' })
    const { username, token } = given
    expect(await credentialForRun(runOf('ann', 'https://git.example/team/lib'))).toEqual({ username, token })
    expect(await credentialForRun(runOf('bob', 'https://git.example/team/lib'))).toBeNull()
    for (const other of ['https://git.example:8443/a', 'http://git.example/a', 'https://git.example.evil.test/a'])
      expect(await credentialForRun(runOf('ann', other))).toBeNull()
  })

  it('are listed without the token, replaced, and forgotten, with the account too', async () => {
    const { principal } = await makeAccount('ann')
    await setCredential(principal, given)
    await setCredential(principal, { ...given, username: 'other' })
    const { credentials } = await listCredentials(principal)
    expect(credentials).toEqual([{ host: 'git.example', username: 'other', created_at: expect.any(String) }])
    expect(await removeCredential(principal, 'git.example')).toEqual({ deleted: 'git.example' })
    await expect(removeCredential(principal, 'git.example')).rejects.toMatchObject({ code: 'not_found' })
    await setCredential(principal, given)
    await removeUser(await adminPrincipal(), 'ann')
    expect(await listRepositoryCredentials('ann')).toEqual([])
    await expect(setCredential(principal, given)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('are refused for http and for what is no host, and for viewers', async () => {
    const admin = await adminPrincipal()
    for (const host of ['http://git.example', 'ftp://git.example', 'a b', 'user@git.example', ''])
      await expect(setCredential(admin, { ...given, host })).rejects.toMatchObject({ code: 'invalid_input' })
    const viewer = (await makeAccount('eve', 'viewer')).principal
    await expect(setCredential(viewer, given)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('lie in the database only sealed, under a key of their own that only this user can read', async () => {
    const { principal } = await makeAccount('ann')
    await setCredential(principal, given)
    for (const name of ['docsfy.db', 'docsfy.db-wal']) {
      const bytes = readFileSync(join(dataDir, name))
      for (const secret of [given.token, Buffer.from(given.token).toString('base64').slice(0, 16)])
        expect(bytes.includes(secret)).toBe(false)
    }
    expect(statSync(join(dataDir, 'credentials.key')).mode & 0o777).toBe(0o600)
  })

  it('cannot be moved to another user, host or key', async () => {
    const { principal } = await makeAccount('ann')
    await makeAccount('bob')
    await setCredential(principal, given)
    const [row] = await listRepositoryCredentials('ann')
    const sealed = String(row?.sealed)
    await putRepositoryCredential({ username: 'bob', host: 'git.example', sealed, createdAt: '' }, false)
    expect(await credentialForRun(runOf('bob', 'https://git.example/a'))).toBeNull()
    const text = seal('secret', 'here')
    expect([
      unseal(text, 'here'),
      unseal(text, 'there'),
      unseal(`${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`, 'here'),
      unseal('', 'here'),
    ]).toEqual(['secret', null, null, null])
    expect(seal('secret', 'here')).not.toBe(text)
  })
})

it('what came with an address is for one run of that variant', async () => {
  const run = runOf('admin', 'https://git.example/a')
  const credential = { username: 'u', token: 't' }
  holdForNextRun(run, credential)
  expect(await credentialForRun({ ...run, branch: 'next' })).toBeNull()
  expect(await credentialForRun(run)).toEqual(credential)
  expect(await credentialForRun(run)).toBeNull()
  holdForNextRun(run, credential)()
  expect(await credentialForRun(run)).toBeNull()
})

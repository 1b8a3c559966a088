import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { authenticate, keyCredential } from '#lib/auth/authenticate.ts'
import { hashSecret } from '#lib/auth/keys.ts'
import { newSignInToken } from '#lib/auth/sessions.ts'
import { startGeneration } from '#lib/services/generations/start.ts'
import { login, signInByLink } from '#lib/services/sessions/login.ts'
import { createUser } from '#lib/services/users/create.ts'
import { removeUser } from '#lib/services/users/remove.ts'
import { rotateOwnKey } from '#lib/services/users/rotate-key.ts'
import { listProjects } from '#lib/services/variants/list.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant, readyVariant } from '#lib/testing/stored-variant.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData()

function sessionOf(token: string) {
  return authenticate({ kind: 'session', hash: hashSecret(token) })
}

describe('accounts', () => {
  it('gives a new user a key that signs in, and refuses the same name in other letters', async () => {
    const admin = await adminPrincipal()
    const { api_key } = await createUser(admin, { username: 'Ann', role: 'viewer' })
    expect(api_key).toMatch(/^docsfy_[\w-]{43}$/)
    expect(await authenticate(keyCredential(api_key))).toMatchObject({ username: 'Ann', role: 'viewer' })
    await expect(createUser(admin, { username: 'ann', role: 'user' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      createUser((await makeAccount('bob')).principal, { username: 'x1', role: 'user' }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('ends key and sessions of a user whose key is replaced', async () => {
    const { key, principal } = await makeAccount('ann')
    const { token } = await login({ username: 'ann', api_key: key }, '10.0.0.1')
    expect(await sessionOf(token)).toMatchObject({ username: 'ann' })
    const { new_api_key } = await rotateOwnKey(principal)
    expect(await sessionOf(token)).toBeNull()
    expect(await authenticate(keyCredential(key))).toBeNull()
    expect(await authenticate(keyCredential(new_api_key))).toMatchObject({ username: 'ann' })
    await expect(rotateOwnKey(principal, TEST_ADMIN_KEY)).rejects.toMatchObject({ code: 'bad_request' })
    await expect(rotateOwnKey(await adminPrincipal())).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('deletes a user with projects and files, but not while one of their runs is active', async () => {
    const admin = await adminPrincipal()
    await makeAccount('ann')
    await readyVariant('ann', 'lib')
    await makeAccount('bob')
    await generatingVariant('bob', 'lib')
    await expect(removeUser(admin, 'bob')).rejects.toMatchObject({ code: 'conflict' })
    await expect(removeUser(admin, 'admin')).rejects.toMatchObject({ code: 'bad_request' })
    expect(existsSync(join(dataDir, 'projects/ann/lib'))).toBe(true)
    await removeUser(admin, 'ann')
    expect(existsSync(join(dataDir, 'projects/ann'))).toBe(false)
    await expect(removeUser(admin, 'ann')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('signing in', () => {
  it('takes a one-time link once', async () => {
    const token = await newSignInToken('admin')
    const { me } = await signInByLink(token, '10.0.0.2')
    expect(me).toEqual({ username: 'admin', role: 'admin', is_admin: true })
    await expect(signInByLink(token, '10.0.0.2')).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('stops guessing after ten failures, also with the right key, by name and by address', async () => {
    const { key } = await makeAccount('ann')
    for (let i = 0; i < 10; i += 1)
      await expect(login({ username: 'ann', api_key: 'wrong' }, `10.1.0.${i}`)).rejects.toMatchObject({
        code: 'unauthenticated',
      })
    const refused = { code: 'too_many_requests', data: { retryAfterSeconds: expect.any(Number) } }
    await expect(login({ username: 'ann', api_key: key }, '10.2.0.1')).rejects.toMatchObject(refused)
    await makeAccount('bob')
    for (let i = 0; i < 10; i += 1)
      await login({ username: `nobody${i}`, api_key: 'wrong' }, '10.3.0.1').catch(() => undefined)
    await expect(login({ username: 'bob', api_key: 'any' }, '10.3.0.1')).rejects.toMatchObject(refused)
  })
})

it('a start that a deletion overtakes leaves nothing behind for whoever takes the name later', async () => {
  const { principal } = await makeAccount('ann')
  const admin = await adminPrincipal()
  const start = { repo_url: 'https://github.com/org/lib', branch: 'main', force: false }
  await removeUser(admin, 'ann')
  await expect(startGeneration(principal, start)).rejects.toMatchObject({ code: 'unauthenticated' })
  expect((await listProjects(admin)).projects).toEqual([])
})

import { expect, it } from 'vitest'
import { authenticate, credentialIn } from '#lib/auth/authenticate.ts'
import { hashSecret } from '#lib/auth/keys.ts'
import { newSignInToken, sessionCookie, startSession, takeSignInToken } from '#lib/auth/sessions.ts'
import { rotateOwnKey } from '#lib/services/users/rotate-key.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const HOUR_MS = 3_600_000
const start = Date.parse('2030-01-01T00:00:00Z')

function callerWith(token: string, nowMs: number) {
  return authenticate(credentialIn({ cookie: `theme=dark; ${sessionCookie(token, false)}` }), nowMs)
}

it('a session holds for eight hours, and each login has its own', async () => {
  const { key } = await makeAccount('ann')
  const ann = { username: 'ann', keyHash: hashSecret(key) }
  const [first, second] = [await startSession(ann, start), await startSession(ann, start + HOUR_MS)]
  if (!first || !second) throw new Error('no session was started')
  expect(first).not.toBe(second)
  expect(await callerWith(first, start + 8 * HOUR_MS - 1)).toMatchObject({ username: 'ann' })
  expect(await callerWith(first, start + 8 * HOUR_MS)).toBeNull()
  expect(await callerWith(second, start + 8 * HOUR_MS)).toMatchObject({ expiresAt: '2030-01-01T09:00:00.000Z' })
})

it('a key that was replaced while it was being checked starts no session', async () => {
  const { key, principal } = await makeAccount('ann')
  const checked = { username: 'ann', keyHash: hashSecret(key) }
  await rotateOwnKey(principal)
  expect(await startSession(checked, start)).toBeNull()
})

it('a sign-in link works once and for fifteen minutes', async () => {
  const [used, old] = [await newSignInToken('ann', start), await newSignInToken('ann', start)]
  expect(await takeSignInToken(used, start + 14 * 60_000)).toBe('ann')
  expect(await takeSignInToken(used, start + 14 * 60_000)).toBeNull()
  expect(await takeSignInToken(old, start + 15 * 60_000)).toBeNull()
})

it('the cookie is out of reach of scripts and foreign sites, and of plain HTTP where HTTPS is used', () => {
  expect(sessionCookie('t', true)).toBe('docsfy_session=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=28800; Secure')
  expect(sessionCookie('', false)).toBe('docsfy_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
})

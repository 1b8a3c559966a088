import { accountFor, roleOf } from '#lib/auth/authenticate.ts'
import { startSession, takeSignInToken } from '#lib/auth/sessions.ts'
import { throttled } from '#lib/auth/throttle.ts'
import type { LoginRequest } from '#lib/domain/requests.ts'
import type { MeResponse } from '#lib/domain/responses.ts'
import { DocsfyError } from '#lib/errors.ts'
import { presentMe } from '#lib/services/sessions/me.ts'

export interface SignedIn {
  me: MeResponse
  /** For the session cookie. */
  token: string
}

/** Signs in with a key. Throws `unauthenticated`, or `too_many_requests` after ten failures a minute per address or name. */
export async function login(request: LoginRequest, address: string): Promise<SignedIn> {
  const keys = [`address ${address}`, `name ${request.username.toLowerCase()}`]
  const account = await throttled(keys, () => accountFor(request.username, request.api_key))
  const token = account && (await startSession(account))
  if (!account || !token) throw new DocsfyError('unauthenticated', 'Wrong username or key')
  return { me: presentMe(account), token }
}

/** Signs in with a one-time link. Throws `unauthenticated` when it was used or is older than 15 minutes. */
export async function signInByLink(linkToken: string, address: string): Promise<SignedIn> {
  const account = await throttled([`address ${address}`], () => accountOfLink(linkToken))
  const token = account && (await startSession(account))
  if (!account || !token)
    throw new DocsfyError('unauthenticated', 'This sign-in link was already used or is older than 15 minutes')
  return { me: presentMe(account), token }
}

async function accountOfLink(token: string) {
  const username = await takeSignInToken(token)
  const role = username ? await roleOf(username) : null
  return username && role ? { username, role, keyHash: null } : null
}

import * as stored from '#db/queries/sessions.ts'
import { hashSecret, newToken } from '#lib/auth/keys.ts'

export const SESSION_COOKIE = 'docsfy_session'
export const SESSION_SECONDS = 8 * 3600
const SIGN_IN_LINK_SECONDS = 15 * 60

/**
 * Starts a session of 8 hours; the token goes into the cookie and is stored only hashed. Null when the account does not
 * have the key with this hash any more; null as hash for those who came without a stored key.
 */
export async function startSession(
  { username, keyHash }: { username: string; keyHash: string | null },
  nowMs = Date.now(),
): Promise<string | null> {
  const token = newToken()
  const session = {
    tokenHash: hashSecret(token),
    username,
    createdAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + SESSION_SECONDS * 1000).toISOString(),
  }
  return (await stored.insertSession(session, keyHash)) ? token : null
}

/** A token for one sign-in within 15 minutes. */
export async function newSignInToken(username: string, nowMs = Date.now()): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(nowMs + SIGN_IN_LINK_SECONDS * 1000).toISOString()
  await stored.insertSignInToken({ tokenHash: hashSecret(token), username, expiresAt })
  return token
}

/** Uses up a sign-in token; the user it stands for, or null. */
export function takeSignInToken(token: string, nowMs = Date.now()): Promise<string | null> {
  return stored.takeSignInToken(hashSecret(token), new Date(nowMs).toISOString())
}

/** The `Set-Cookie` value of a session; an empty token removes it. */
export function sessionCookie(token: string, secure: boolean): string {
  const age = token ? SESSION_SECONDS : 0
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? '; Secure' : ''}`
}

/** The session token in a `Cookie` header, or null. */
export function tokenInCookies(header: string | null | undefined): string | null {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.trim().split('=', 2)
    if (name === SESSION_COOKIE && value) return value
  }
  return null
}

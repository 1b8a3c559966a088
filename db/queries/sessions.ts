import { and, eq, gt, lte } from 'drizzle-orm'
import { reader, type Transaction, write } from '#db/client.ts'
import { sessions, signInTokens, users } from '#db/schema.ts'

export type Session = typeof sessions.$inferSelect
export type SignInToken = typeof signInTokens.$inferSelect

/**
 * Stores a new session and forgets those that have expired. With `keyHash`: false, and nothing is stored, unless the
 * account has exactly this key now, for it may have been replaced or deleted since it was checked.
 */
export function insertSession(session: Session, keyHash: string | null): Promise<boolean> {
  return write(async (tx) => {
    if (keyHash !== null && !(await hasKey(tx, session.username, keyHash))) return false
    await tx.delete(sessions).where(lte(sessions.expiresAt, session.createdAt))
    await tx.insert(sessions).values(session)
    return true
  })
}

async function hasKey(tx: Transaction, username: string, keyHash: string): Promise<boolean> {
  const found = await tx
    .select({ username: users.username })
    .from(users)
    .where(and(eq(users.username, username), eq(users.keyHash, keyHash)))
  return found.length > 0
}

/** The session with this token hash, unless it expired before `at`. */
export async function findSession(tokenHash: string, at: string): Promise<Session | null> {
  const [session] = await reader()
    .select()
    .from(sessions)
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, at)))
  return session ?? null
}

export function deleteSession(tokenHash: string): Promise<unknown> {
  return write((tx) => tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash)))
}

export function deleteSessionsOf(username: string): Promise<unknown> {
  return write(async (tx) => {
    await tx.delete(sessions).where(eq(sessions.username, username))
    await tx.delete(signInTokens).where(eq(signInTokens.username, username))
  })
}

export function insertSignInToken(token: SignInToken): Promise<unknown> {
  return write((tx) => tx.insert(signInTokens).values(token))
}

/** Uses a sign-in token up. The user it stands for, or null when it is unknown, used or expired before `at`. */
export function takeSignInToken(tokenHash: string, at: string): Promise<string | null> {
  return write(async (tx) => {
    const [token] = await tx.delete(signInTokens).where(eq(signInTokens.tokenHash, tokenHash)).returning()
    await tx.delete(signInTokens).where(lte(signInTokens.expiresAt, at))
    return token && token.expiresAt > at ? token.username : null
  })
}

import { and, eq, gt, lte } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { sessions, signInTokens } from '#db/schema.ts'

export type Session = typeof sessions.$inferSelect
export type SignInToken = typeof signInTokens.$inferSelect

/** Stores a new session and forgets those that have expired. */
export function insertSession(session: Session): Promise<void> {
  return write(async (tx) => {
    await tx.delete(sessions).where(lte(sessions.expiresAt, session.createdAt))
    await tx.insert(sessions).values(session)
  })
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

import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import { isDuplicate, reader, write } from '#db/client.ts'
import { forgetSpender } from '#db/queries/ai-calls.ts'
import { grants, projects, repositoryCredentials, runs, sessions, signInTokens, users, variants } from '#db/schema.ts'

export type User = typeof users.$inferSelect

/** Adds an account; false when the name, in any letter case, or the key is taken. */
export async function insertUser(user: User): Promise<boolean> {
  try {
    await write((tx) => tx.insert(users).values(user))
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

export async function findUser(username: string): Promise<User | null> {
  const [user] = await reader().select().from(users).where(eq(users.username, username))
  return user ?? null
}

export async function findUserByKey(keyHash: string): Promise<User | null> {
  const [user] = await reader().select().from(users).where(eq(users.keyHash, keyHash))
  return user ?? null
}

export function listUsers(): Promise<User[]> {
  return reader()
    .select()
    .from(users)
    .orderBy(asc(sql`lower(${users.username})`))
}

/** Gives a user another key and ends their sessions and sign-in links; `taken` when another account has this key. */
export async function replaceKey(username: string, keyHash: string): Promise<'replaced' | 'absent' | 'taken'> {
  try {
    return await write(async (tx) => {
      const changed = await tx.update(users).set({ keyHash }).where(eq(users.username, username))
      await tx.delete(sessions).where(eq(sessions.username, username))
      await tx.delete(signInTokens).where(eq(signInTokens.username, username))
      return changed.rowsAffected ? 'replaced' : 'absent'
    })
  } catch (error) {
    if (isDuplicate(error)) return 'taken'
    throw error
  }
}

/** Removes an account with its sessions, grants, projects and runs, unless a run of theirs or for them is active. */
export function deleteUser(username: string): Promise<'deleted' | 'absent' | 'running'> {
  return write(async (tx) => {
    const owned = tx.select({ id: projects.id }).from(projects).where(eq(projects.owner, username))
    const [active] = await tx
      .select({ id: runs.id })
      .from(runs)
      .innerJoin(variants, eq(variants.id, runs.variantId))
      .where(
        and(
          // Also one they asked for on somebody else's project: what it spends is still entered under their name.
          or(inArray(variants.projectId, owned), eq(runs.requestedBy, username)),
          inArray(runs.state, ['waiting', 'running']),
        ),
      )
      .limit(1)
    if (active) return 'running'
    const deleted = await tx.delete(users).where(eq(users.username, username))
    if (!deleted.rowsAffected) return 'absent'
    await tx.delete(sessions).where(eq(sessions.username, username))
    await tx.delete(signInTokens).where(eq(signInTokens.username, username))
    await tx.delete(repositoryCredentials).where(eq(repositoryCredentials.username, username))
    await tx.delete(grants).where(eq(grants.username, username))
    await tx.delete(projects).where(eq(projects.owner, username))
    await forgetSpender(tx, username)
    return 'deleted'
  })
}

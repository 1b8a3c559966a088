import { and, asc, eq } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { repositoryCredentials, users } from '#db/schema.ts'

export type StoredCredential = typeof repositoryCredentials.$inferSelect

/** Stores or replaces what a user shows to a host; false when the account is gone. `isBuiltIn`: it is in no table. */
export function putRepositoryCredential(credential: StoredCredential, isBuiltIn: boolean): Promise<boolean> {
  return write(async (tx) => {
    const account = tx.select({ name: users.username }).from(users).where(eq(users.username, credential.username))
    if (!isBuiltIn && (await account).length === 0) return false
    const { sealed, createdAt } = credential
    const target = [repositoryCredentials.username, repositoryCredentials.host]
    await tx.insert(repositoryCredentials).values(credential).onConflictDoUpdate({ target, set: { sealed, createdAt } })
    return true
  })
}

export async function findRepositoryCredential(username: string, host: string): Promise<StoredCredential | null> {
  const [found] = await reader().select().from(repositoryCredentials).where(isOf(username, host))
  return found ?? null
}

export function listRepositoryCredentials(username: string): Promise<StoredCredential[]> {
  return reader()
    .select()
    .from(repositoryCredentials)
    .where(eq(repositoryCredentials.username, username))
    .orderBy(asc(repositoryCredentials.host))
}

/** False when there is none. */
export async function deleteRepositoryCredential(username: string, host: string): Promise<boolean> {
  const deleted = await write((tx) => tx.delete(repositoryCredentials).where(isOf(username, host)))
  return deleted.rowsAffected > 0
}

function isOf(username: string, host: string) {
  return and(eq(repositoryCredentials.username, username), eq(repositoryCredentials.host, host))
}

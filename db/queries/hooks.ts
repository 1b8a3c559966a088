import { eq, getTableColumns } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { hooks, projects } from '#db/schema.ts'

export type StoredHook = typeof hooks.$inferSelect
export type NewHook = Omit<StoredHook, 'lastReceivedAt' | 'lastMessage'>

/** Makes the hook of a project, or replaces it: the old token and secret are void at once. False: the project is gone. */
export function putHook(hook: NewHook): Promise<boolean> {
  return write(async (tx) => {
    const found = await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, hook.projectId))
    if (found.length === 0) return false
    const fresh = { ...hook, lastReceivedAt: null, lastMessage: null }
    await tx.insert(hooks).values(fresh).onConflictDoUpdate({ target: hooks.projectId, set: fresh })
    return true
  })
}

export async function findHook(projectId: string): Promise<StoredHook | null> {
  const [found] = await reader().select().from(hooks).where(eq(hooks.projectId, projectId))
  return found ?? null
}

/** A hook with the project it is for. */
export async function findHookByToken(
  tokenHash: string,
): Promise<(StoredHook & { owner: string; name: string }) | null> {
  const [found] = await reader()
    .select({ ...getTableColumns(hooks), owner: projects.owner, name: projects.name })
    .from(hooks)
    .innerJoin(projects, eq(projects.id, hooks.projectId))
    .where(eq(hooks.tokenHash, tokenHash))
  return found ?? null
}

/** False when there is none. */
export async function deleteHook(projectId: string): Promise<boolean> {
  const deleted = await write((tx) => tx.delete(hooks).where(eq(hooks.projectId, projectId)))
  return deleted.rowsAffected > 0
}

/** Notes what became of a delivery to this token. */
export async function recordDelivery(tokenHash: string, delivery: { at: string; message: string }): Promise<void> {
  const { at: lastReceivedAt, message: lastMessage } = delivery
  await write((tx) => tx.update(hooks).set({ lastReceivedAt, lastMessage }).where(eq(hooks.tokenHash, tokenHash)))
}

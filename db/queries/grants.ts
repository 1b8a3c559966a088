import { and, asc, eq } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { grants, projects, users } from '#db/schema.ts'

export interface Grant {
  owner: string
  name: string
  username: string
  createdAt: string
}

/** Every grant, by owner, project and username; feeds the index in memory at start. */
export function listGrants(): Promise<Grant[]> {
  return reader()
    .select({ owner: projects.owner, name: projects.name, username: grants.username, createdAt: grants.createdAt })
    .from(grants)
    .innerJoin(projects, eq(projects.id, grants.projectId))
    .orderBy(asc(projects.owner), asc(projects.name), asc(grants.username))
}

export async function listGrantsOf(projectId: string): Promise<string[]> {
  const rows = await reader()
    .select({ username: grants.username })
    .from(grants)
    .where(eq(grants.projectId, projectId))
    .orderBy(asc(grants.username))
  return rows.map((row) => row.username)
}

/** Says what is missing when the project or the user is gone. */
export function insertGrant(projectId: string, username: string): Promise<'granted' | 'no_project' | 'no_user'> {
  const createdAt = new Date().toISOString()
  return write(async (tx) => {
    const [project] = await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId))
    if (!project) return 'no_project'
    const [user] = await tx.select({ name: users.username }).from(users).where(eq(users.username, username))
    if (!user) return 'no_user'
    await tx.insert(grants).values({ projectId, username, createdAt }).onConflictDoNothing()
    return 'granted'
  })
}

/** False when there was no such grant. */
export async function deleteGrant(projectId: string, username: string): Promise<boolean> {
  const result = await write((tx) =>
    tx.delete(grants).where(and(eq(grants.projectId, projectId), eq(grants.username, username))),
  )
  return result.rowsAffected > 0
}

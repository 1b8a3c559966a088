import { eq } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { projectSteering, projects, variants } from '#db/schema.ts'
import type { Steering } from '#lib/domain/steering.ts'

export type StoredSteering = typeof projectSteering.$inferSelect

/** What the dashboard asks of the documentation of a project; null for nothing. */
export async function findSteering(projectId: string): Promise<StoredSteering | null> {
  const [found] = await reader().select().from(projectSteering).where(eq(projectSteering.projectId, projectId))
  return found ?? null
}

/** What the dashboard asks of a variant, as of its whole project. */
export async function steeringOf(variantId: string): Promise<Steering> {
  const [found] = await reader()
    .select({ steering: projectSteering.steering })
    .from(projectSteering)
    .innerJoin(variants, eq(variants.projectId, projectSteering.projectId))
    .where(eq(variants.id, variantId))
  return found?.steering ?? {}
}

/** Sets or replaces it; no wishes at all remove it. False: the project is gone. */
export function putSteering(asked: StoredSteering): Promise<boolean> {
  return write(async (tx) => {
    const found = await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, asked.projectId))
    if (found.length === 0) return false
    if (isEmpty(asked.steering)) await tx.delete(projectSteering).where(eq(projectSteering.projectId, asked.projectId))
    else
      await tx
        .insert(projectSteering)
        .values(asked)
        .onConflictDoUpdate({ target: projectSteering.projectId, set: asked })
    return true
  })
}

function isEmpty(steering: Steering): boolean {
  return Object.values(steering).every((value) => value === undefined)
}

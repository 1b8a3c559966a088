import { and, asc, eq, getTableColumns, lte, max, min, notInArray } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { projects, schedules, variants } from '#db/schema.ts'
import type { CheckResult } from '#lib/domain/schedules.ts'

export type StoredSchedule = typeof schedules.$inferSelect
export type NewSchedule = Pick<StoredSchedule, 'variantId' | 'cron' | 'timeZone' | 'nextAt' | 'createdBy' | 'createdAt'>

const columns = {
  ...getTableColumns(schedules),
  owner: projects.owner,
  name: projects.name,
  branch: variants.branch,
  provider: variants.provider,
  model: variants.model,
}

/** A schedule with the variant it is for. */
export type NamedSchedule = StoredSchedule & {
  owner: string
  name: string
  branch: string
  provider: string
  model: string
}

/** Sets or replaces the schedule of a variant; false when the variant is gone. What was checked before is forgotten. */
export function putSchedule(schedule: NewSchedule): Promise<boolean> {
  return write(async (tx) => {
    const found = await tx.select({ id: variants.id }).from(variants).where(eq(variants.id, schedule.variantId))
    if (found.length === 0) return false
    const fresh = { ...schedule, lastCheckedAt: null, lastResult: null, lastMessage: null }
    await tx.insert(schedules).values(fresh).onConflictDoUpdate({ target: schedules.variantId, set: fresh })
    return true
  })
}

/** False when there is none. */
export async function deleteSchedule(variantId: string): Promise<boolean> {
  const deleted = await write((tx) => tx.delete(schedules).where(eq(schedules.variantId, variantId)))
  return deleted.rowsAffected > 0
}

export async function findSchedule(variantId: string): Promise<NamedSchedule | null> {
  const [found] = await named().where(eq(schedules.variantId, variantId))
  return found ?? null
}

/** Everybody's schedules, by name. */
export function listAllSchedules(): Promise<NamedSchedule[]> {
  return named().orderBy(asc(projects.name), asc(projects.owner), asc(variants.branch), asc(schedules.variantId))
}

/** Owners with a schedule whose time has come at `now` (ISO 8601 UTC); who was served longest ago comes first. */
export async function ownersWithDue(now: string, but: { without: string[]; limit: number }): Promise<string[]> {
  const rows = await reader()
    .select({ owner: projects.owner })
    .from(schedules)
    .innerJoin(variants, eq(variants.id, schedules.variantId))
    .innerJoin(projects, eq(projects.id, variants.projectId))
    .where(notInArray(projects.owner, but.without))
    .groupBy(projects.owner)
    .having(lte(min(schedules.nextAt), now))
    .orderBy(asc(max(schedules.lastCheckedAt)), asc(min(schedules.nextAt)), asc(projects.owner))
    .limit(but.limit)
  return rows.map(({ owner }) => owner)
}

/** The schedule of this owner that is overdue longest at `now`; null when none is due. */
export async function firstDue(owner: string, now: string): Promise<NamedSchedule | null> {
  const [found] = await named()
    .where(and(eq(projects.owner, owner), lte(schedules.nextAt, now)))
    .orderBy(asc(schedules.nextAt), asc(schedules.variantId))
    .limit(1)
  return found ?? null
}

export interface Check {
  nextAt: string
  checkedAt: string
  result: CheckResult
  message: string
}

/** Stores how a check ended; nothing when the schedule was changed or removed meanwhile. */
export async function recordCheck(schedule: StoredSchedule, check: Check): Promise<void> {
  const { nextAt, checkedAt: lastCheckedAt, result: lastResult, message: lastMessage } = check
  const same = and(eq(schedules.variantId, schedule.variantId), eq(schedules.createdAt, schedule.createdAt))
  await write((tx) => tx.update(schedules).set({ nextAt, lastCheckedAt, lastResult, lastMessage }).where(same))
}

function named() {
  return reader()
    .select(columns)
    .from(schedules)
    .innerJoin(variants, eq(variants.id, schedules.variantId))
    .innerJoin(projects, eq(projects.id, variants.projectId))
}

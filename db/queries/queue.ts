import { asc, eq, getTableColumns, inArray, max } from 'drizzle-orm'
import { reader, type Transaction, write } from '#db/client.ts'
import type { Run } from '#db/queries/runs.ts'
import { projects, runs, variants } from '#db/schema.ts'
import { nextToStart, type QueueLimits } from '#lib/domain/queue-order.ts'

type Project = typeof projects.$inferSelect
export type ClaimedRun = Run & Project & { runId: string; variantId: string; branch: string }

export interface ClaimRules extends QueueLimits {
  /** Variants whose previous worker has not ended yet. */
  busyVariants: string[]
  /** Canonical URLs that a run is fetching just now. */
  busyRepositories: string[]
}

/** Takes the waiting run whose turn it is among those that the rules let start; null when there is none. */
export function claimRun(rules: ClaimRules): Promise<ClaimedRun | null> {
  return write(async (tx) => {
    const running = await tx
      .select({ user: runs.requestedBy, provider: runs.provider })
      .from(runs)
      .where(eq(runs.state, 'running'))
    if (running.length >= rules.maxRunning) return null
    const queued = await tx
      .select({
        id: runs.id,
        user: runs.requestedBy,
        provider: runs.provider,
        queuedAt: runs.queuedAt,
        variantId: runs.variantId,
        canonicalUrl: projects.canonicalUrl,
      })
      .from(runs)
      .innerJoin(variants, eq(variants.id, runs.variantId))
      .innerJoin(projects, eq(projects.id, variants.projectId))
      .where(eq(runs.state, 'waiting'))
    const waiting = queued.filter(
      (run) => !rules.busyVariants.includes(run.variantId) && !rules.busyRepositories.includes(run.canonicalUrl),
    )
    const lastStarted = await lastStartOf(tx, new Set(waiting.map(({ user }) => user)))
    const next = nextToStart({ waiting, running, lastStarted }, rules)
    return next && (await start(tx, next.id))
  })
}

async function start(tx: Transaction, runId: string): Promise<ClaimedRun | null> {
  const startedAt = new Date().toISOString()
  await tx.update(runs).set({ state: 'running', startedAt }).where(eq(runs.id, runId))
  const [claimed] = await tx
    .select({ ...getTableColumns(projects), ...getTableColumns(runs), runId: runs.id, branch: variants.branch })
    .from(runs)
    .innerJoin(variants, eq(variants.id, runs.variantId))
    .innerJoin(projects, eq(projects.id, variants.projectId))
    .where(eq(runs.id, runId))
  return claimed ?? null
}

/** By user: when a run of theirs last started; users without one are absent. */
export function lastStartedBy(users: ReadonlySet<string>): Promise<Map<string, string>> {
  return lastStartOf(reader(), users)
}

async function lastStartOf(
  database: Pick<Transaction, 'select'>,
  users: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const rows = await database
    .select({ user: runs.requestedBy, at: max(runs.startedAt) })
    .from(runs)
    .where(inArray(runs.requestedBy, [...users]))
    .groupBy(runs.requestedBy)
  return new Map(rows.flatMap(({ user, at }) => (at === null ? [] : [[user, at] as const])))
}

export type ActiveRunRow = Awaited<ReturnType<typeof listActiveRuns>>[number]

/** Runs that work or wait, with the variant they are for, oldest first. */
export function listActiveRuns() {
  return reader()
    .select({
      ...getTableColumns(runs),
      owner: projects.owner,
      name: projects.name,
      branch: variants.branch,
      currentStage: variants.currentStage,
      writtenPages: variants.pageCount,
      plannedPages: variants.totalPages,
    })
    .from(runs)
    .innerJoin(variants, eq(variants.id, runs.variantId))
    .innerJoin(projects, eq(projects.id, variants.projectId))
    .where(inArray(runs.state, ['waiting', 'running']))
    .orderBy(asc(runs.queuedAt), asc(runs.id))
}

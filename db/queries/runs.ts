import { randomUUID } from 'node:crypto'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { reader, type Transaction, write } from '#db/client.ts'
import { unlessGenerating, whileActive, whileGenerating } from '#db/compare-and-set.ts'
import { recordEvent } from '#db/queries/run-events.ts'
import { keepSummary } from '#db/queries/run-summaries.ts'
import { projects, runs, users, variants } from '#db/schema.ts'
import { freeDisplayName } from '#lib/domain/display-name.ts'
import type { Outcome } from '#lib/domain/job.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import type { RecordedEvent } from '#lib/domain/run-events.ts'
import type { RunTrigger } from '#lib/domain/runs.ts'
import { ABORTED_MESSAGE, RESTARTED_MESSAGE, type TerminalStatus, UP_TO_DATE } from '#lib/domain/stages.ts'
import { DocsfyError } from '#lib/errors.ts'

export type Run = typeof runs.$inferSelect
type Project = typeof projects.$inferSelect

export interface StartInput {
  owner: string
  repository: { canonicalUrl: string; kind: 'url' | 'local'; name: string; org: string | null }
  branch: string
  provider: string
  model: string
  force: boolean
  repoType: RepoType | null
  trigger: RunTrigger
  requestedBy: string
  /** Only when this variant is still there: it is not made anew. */
  variantId?: string
  /** The owner is a stored account, so the run is refused when that was deleted meanwhile. */
  ownerIsAccount?: boolean
}

export interface Started {
  runId: string
  variantId: string
  projectName: string
  repoType: RepoType | null
  pageCount: number
}

/** A run that has ended: its last event, and the variant's row as it is now. */
export interface Ended {
  runId: string
  recorded: RecordedEvent
  variant: typeof variants.$inferSelect & { status: TerminalStatus }
}

/**
 * Makes the project and variant where needed and queues a run. Null when the variant is generating already, or gone. Throws
 * `unauthenticated` when the owner was deleted, so that nobody who takes the name later inherits anything.
 */
export function startRun(input: StartInput): Promise<Started | null> {
  const at = new Date().toISOString()
  return write(async (tx) => {
    if (input.ownerIsAccount) await needAccount(tx, input.owner)
    if (input.variantId && !(await isThere(tx, input.variantId))) return null
    const project = await findOrInsertProject(tx, input, at)
    const runId = randomUUID()
    const variant = await enterGenerating(tx, { input, projectId: project.id, runId, at })
    if (!variant) return null
    await tx.insert(runs).values({
      id: runId,
      variantId: variant.id,
      trigger: input.trigger,
      requestedBy: input.requestedBy,
      provider: input.provider,
      model: input.model,
      force: input.force,
      repoType: input.repoType,
      state: 'waiting',
      fromCommit: variant.lastCommitSha,
      queuedAt: at,
    })
    const { id: variantId, repoType, pageCount } = variant
    return { runId, variantId, projectName: project.name, repoType, pageCount }
  })
}

async function needAccount(tx: Transaction, username: string): Promise<void> {
  const found = await tx.select({ username: users.username }).from(users).where(eq(users.username, username))
  if (found.length === 0) throw new DocsfyError('unauthenticated', `There is no user "${username}" any more`)
}

async function isThere(tx: Transaction, variantId: string): Promise<boolean> {
  return (await tx.select({ id: variants.id }).from(variants).where(eq(variants.id, variantId))).length > 0
}

async function findOrInsertProject(tx: Transaction, input: StartInput, at: string): Promise<Project> {
  const { canonicalUrl, kind } = input.repository
  const owned = await tx.select().from(projects).where(eq(projects.owner, input.owner))
  const known = owned.find((project) => project.canonicalUrl === canonicalUrl)
  if (known) return known
  const taken = owned.map((project) => project.name)
  const name = freeDisplayName(input.repository, taken)
  const project = { id: randomUUID(), owner: input.owner, name, canonicalUrl, kind, createdAt: at }
  await tx.insert(projects).values(project)
  return project
}

interface Entry {
  input: StartInput
  projectId: string
  runId: string
  at: string
}

/** The compare-and-set into `generating`. What the last finished run left (site, commit, plan, cost) stays. */
async function enterGenerating(tx: Transaction, { input, projectId, runId, at }: Entry) {
  const { branch, provider, model } = input
  const fresh = {
    status: 'generating' as const,
    currentStage: null,
    errorMessage: null,
    runId,
    generationStartedAt: at,
    updatedAt: at,
    ...(input.force ? { pageCount: 0 } : {}),
    ...(input.repoType ? { repoType: input.repoType } : {}),
  }
  const [variant] = await tx
    .insert(variants)
    .values({ id: randomUUID(), projectId, branch, provider, model, createdAt: at, ...fresh })
    .onConflictDoUpdate({
      target: [variants.projectId, variants.branch, variants.provider, variants.model],
      set: fresh,
      setWhere: unlessGenerating(),
    })
    .returning()
  return variant ?? null
}

/**
 * Stores what a finished run leaves in its row and its variant. Null, and nothing is kept, when the run is not the
 * variant's active one any more.
 */
export function finishRun(runId: string, outcome: Outcome): Promise<Ended | null> {
  const at = new Date().toISOString()
  return write(async (tx) => {
    const [variant] = await tx
      .update(variants)
      .set({ ...variantResult(runId, outcome, at), updatedAt: at })
      .where(whileActive(runId))
      .returning()
    if (!variant) return null
    await tx
      .update(runs)
      .set({
        state: outcome.status,
        upToDate: outcome.upToDate,
        toCommit: outcome.commit,
        finishedAt: at,
        durationMs: outcome.durationMs,
        stages: outcome.stages,
        pageCount: variant.pageCount,
        totalPages: variant.totalPages,
        message: outcome.message,
        warnings: outcome.warnings,
      })
      .where(eq(runs.id, runId))
    if (outcome.factsSummary) await keepSummary(tx, runId, outcome.factsSummary)
    const { status, upToDate, message } = outcome
    const finished = { kind: 'finished' as const, status, up_to_date: upToDate, message }
    const recorded = await recordEvent(tx, runId, { at, event: finished })
    return { runId, recorded, variant: { ...variant, status } }
  })
}

function variantResult(runId: string, outcome: Outcome, at: string) {
  const failed = { status: outcome.status, currentStage: null, errorMessage: outcome.message }
  if (outcome.status !== 'ready')
    return { ...failed, warnings: outcome.warnings, generationDurationMs: outcome.durationMs }
  const ready = {
    status: 'ready' as const,
    errorMessage: null,
    pageCount: outcome.pageCount,
    totalPages: outcome.totalPages,
    repoType: outcome.repoType,
    warnings: outcome.warnings,
    lastCommitSha: outcome.commit,
    totalCostUsd: sql<number>`coalesce(${variants.totalCostUsd}, 0)`,
  }
  if (outcome.upToDate) return { ...ready, currentStage: UP_TO_DATE as typeof UP_TO_DATE }
  return {
    ...ready,
    currentStage: null,
    lastGenerated: at,
    generationDurationMs: outcome.durationMs,
    siteRunId: runId,
  }
}

/** Ends the active run of a variant as aborted. Null when none is active any more. */
export function abortRun(variantId: string): Promise<Ended | null> {
  const at = new Date().toISOString()
  return write(async (tx) => {
    const [variant] = await tx
      .update(variants)
      .set({ status: 'aborted', currentStage: null, errorMessage: ABORTED_MESSAGE, updatedAt: at })
      .where(whileGenerating(variantId))
      .returning()
    if (!variant?.runId) return null
    const status = 'aborted' as const
    const recorded = await endActiveRun(tx, variant.runId, { state: status, message: ABORTED_MESSAGE, at })
    return { runId: variant.runId, recorded, variant: { ...variant, status } }
  })
}

/** Turns every run that was active when the server stopped into an error. Returns how many. */
export function failInterruptedRuns(): Promise<number> {
  const at = new Date().toISOString()
  return write(async (tx) => {
    const active = await tx
      .select({ id: runs.id })
      .from(runs)
      .where(inArray(runs.state, ['waiting', 'running']))
    for (const run of active) await endActiveRun(tx, run.id, { state: 'error', message: RESTARTED_MESSAGE, at })
    await tx
      .update(variants)
      .set({ status: 'error', currentStage: null, errorMessage: RESTARTED_MESSAGE, updatedAt: at })
      .where(eq(variants.status, 'generating'))
    return active.length
  })
}

async function endActiveRun(
  tx: Transaction,
  runId: string,
  end: { state: 'aborted' | 'error'; message: string; at: string },
): Promise<RecordedEvent> {
  const { state, message, at } = end
  await tx.update(runs).set({ state, message, finishedAt: at }).where(eq(runs.id, runId))
  const finished = { kind: 'finished' as const, status: state, up_to_date: false, message }
  return recordEvent(tx, runId, { at, event: finished })
}

/** The newest runs of a variant first. */
export function listRuns(variantId: string, limit = 100): Promise<Run[]> {
  return reader()
    .select()
    .from(runs)
    .where(eq(runs.variantId, variantId))
    .orderBy(desc(runs.queuedAt), desc(runs.id))
    .limit(limit)
}

export async function findRun(variantId: string, runId: string): Promise<Run | null> {
  const [run] = await reader()
    .select()
    .from(runs)
    .where(and(eq(runs.id, runId), eq(runs.variantId, variantId)))
  return run ?? null
}

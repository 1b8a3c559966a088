import { and, desc, eq, gte, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { SelectedFields, SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { reader, type Transaction } from '#db/client.ts'
import { FOLDED } from '#db/queries/fold-calls.ts'
import { aiCalls, runs, variants } from '#db/schema.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { NOTHING_SPENT, type Spending } from '#lib/domain/spending.ts'
import type { VariantIdentity } from '#lib/domain/variant.ts'

/** The run that calls are made for. */
export interface CallingRun {
  runId: string
  generationId: string
  identity: VariantIdentity
  requestedBy: string
}

/** Adds the calls among these events to the ledger, and to the sums of run and variant where those are still there. */
export async function recordCalls(
  tx: Transaction,
  { runId, generationId, identity, requestedBy }: CallingRun,
  events: { at: string; event: RunEvent }[],
): Promise<void> {
  const calls = events.flatMap(({ at, event }) => {
    if (event.kind !== 'tokens_used') return []
    const { slug, input_tokens, output_tokens, reused_tokens = 0, cost_usd: costUsd, is_estimate = false } = event
    const tokens = { inputTokens: input_tokens, outputTokens: output_tokens, reusedTokens: reused_tokens }
    return [
      {
        at,
        runId,
        variantId: generationId,
        ...identity,
        requestedBy,
        slug,
        ...tokens,
        costUsd,
        isEstimate: is_estimate,
      },
    ]
  })
  if (calls.length === 0) return
  await tx.insert(aiCalls).values(calls)
  const sum = (of: (call: (typeof calls)[number]) => number) => calls.reduce((total, call) => total + of(call), 0)
  const costUsd = sum((call) => call.costUsd ?? 0)
  const unpriced = sum((call) => (call.costUsd === null ? 1 : 0))
  await tx
    .update(runs)
    .set({
      inputTokens: sql`${runs.inputTokens} + ${sum((call) => call.inputTokens)}`,
      outputTokens: sql`${runs.outputTokens} + ${sum((call) => call.outputTokens)}`,
      reusedTokens: sql`${runs.reusedTokens} + ${sum((call) => call.reusedTokens)}`,
      costUsd: sql`${runs.costUsd} + ${costUsd}`,
      unpricedCalls: sql`${runs.unpricedCalls} + ${unpriced}`,
    })
    .where(eq(runs.id, runId))
  await tx
    .update(variants)
    .set({
      totalCostUsd: sql`coalesce(${variants.totalCostUsd}, 0) + ${costUsd}`,
      unpricedCalls: sql`${variants.unpricedCalls} + ${unpriced}`,
    })
    .where(eq(variants.id, generationId))
}

/** Which calls are meant; absent: all of them. `month` is `2026-11`, UTC. */
export interface CallFilter {
  month?: string
  requestedBy?: string
  variantId?: string
  runId?: string
}

/** What these calls took together. */
export async function spentOn(filter: CallFilter): Promise<Spending> {
  const [sums] = await reader().select(SUMS).from(aiCalls).where(matching(filter))
  return sums ?? NOTHING_SPENT
}

/** The same by who asked for the run, the dearest first; null: accounts that are deleted. */
export function spentByUser(filter: CallFilter) {
  return dearest({ username: aiCalls.requestedBy }, aiCalls.requestedBy, filter)
}

/** The same by month in UTC, the newest first. */
export function spentByMonth(limit: number) {
  const month = sql<string>`substr(${aiCalls.at}, 1, 7)`
  return reader()
    .select({ month, ...SUMS })
    .from(aiCalls)
    .groupBy(month)
    .orderBy(desc(month))
    .limit(limit)
}

/** The same by page, the dearest first; null: calls for no single page. */
export function spentByPage(filter: CallFilter) {
  return dearest({ slug: aiCalls.slug }, aiCalls.slug, filter)
}

/** The same by variant, also of those that are deleted, the dearest first. */
export function spentByVariant(filter: CallFilter) {
  const variant = {
    generation_id: aiCalls.variantId,
    owner: sql<string>`coalesce(${aiCalls.owner}, '')`,
    name: aiCalls.name,
    branch: aiCalls.branch,
    ai_provider: aiCalls.provider,
    ai_model: aiCalls.model,
  }
  return dearest(variant, aiCalls.variantId, filter)
}

function dearest<Told extends SelectedFields>(told: Told, by: SQLiteColumn, filter: CallFilter) {
  return reader()
    .select({ ...told, ...SUMS })
    .from(aiCalls)
    .where(matching(filter))
    .groupBy(by)
    .orderBy(...DEAREST)
}

/** The calls themselves, the newest first, as far as they are not folded into a month. */
export function listCalls(filter: CallFilter, limit: number) {
  const single = and(matching(filter), ne(aiCalls.runId, FOLDED))
  return reader().select().from(aiCalls).where(single).orderBy(desc(aiCalls.id)).limit(limit)
}

/** Takes the name of a deleted account off what was spent: the sums stay, and nobody who takes the name later sees them. */
export async function forgetSpender(tx: Transaction, username: string): Promise<void> {
  await tx.update(aiCalls).set({ requestedBy: null }).where(eq(aiCalls.requestedBy, username))
  await tx.update(aiCalls).set({ owner: null }).where(eq(aiCalls.owner, username))
}

const isCall = sql`${aiCalls.inputTokens} + ${aiCalls.outputTokens} > 0`
const SUMS = {
  calls: sql<number>`coalesce(sum(case when ${isCall} then ${aiCalls.calls} else 0 end), 0)`,
  input_tokens: sql<number>`coalesce(sum(${aiCalls.inputTokens}), 0)`,
  output_tokens: sql<number>`coalesce(sum(${aiCalls.outputTokens}), 0)`,
  reused_tokens: sql<number>`coalesce(sum(${aiCalls.reusedTokens}), 0)`,
  cost_usd: sql<number>`coalesce(sum(${aiCalls.costUsd}), 0)`,
  unpriced_calls: sql<number>`coalesce(sum(case when ${aiCalls.costUsd} is null then ${aiCalls.calls} else 0 end), 0)`,
  unpriced_tokens: sql<number>`coalesce(sum(case when ${aiCalls.costUsd} is null then ${aiCalls.inputTokens} + ${aiCalls.outputTokens} else 0 end), 0)`,
  estimated_calls: sql<number>`coalesce(sum(${aiCalls.isEstimate} * ${aiCalls.calls}), 0)`,
}
const DEAREST = [desc(SUMS.cost_usd), desc(SUMS.input_tokens)]

function matching({ month, requestedBy, variantId, runId }: CallFilter): SQL | undefined {
  return and(
    // Times begin with their month, and `~` sorts after everything that may follow.
    month === undefined ? undefined : and(gte(aiCalls.at, month), lt(aiCalls.at, `${month}~`)),
    requestedBy === undefined ? undefined : eq(aiCalls.requestedBy, requestedBy),
    variantId === undefined ? undefined : eq(aiCalls.variantId, variantId),
    runId === undefined ? undefined : eq(aiCalls.runId, runId),
  )
}

import { and, count, lt, max, ne, sql, sum } from 'drizzle-orm'
import { write } from '#db/client.ts'
import { aiCalls } from '#db/schema.ts'

/** Run of rows that stand for the calls of a month. */
export const FOLDED = ''

/**
 * Makes one row of all calls of a month before `month` (`2026-11`) that agree in variant, page, who asked, whether the price is
 * known and whether tokens were counted: every sum stays as it was. Returns how many calls were folded.
 */
export async function foldCalls(month: string): Promise<number> {
  return await write(async (tx) => {
    const old = and(lt(aiCalls.at, month), ne(aiCalls.runId, FOLDED))
    const [found] = await tx
      .select({ calls: count(), last: max(aiCalls.id) })
      .from(aiCalls)
      .where(old)
    if (!found?.last) return 0
    const { variantId, owner, name, branch, provider, model, requestedBy, slug, isEstimate } = aiCalls
    const same = { variantId, owner, name, branch, provider, model, requestedBy, slug, isEstimate }
    const rows = await tx
      .select({
        ...same,
        at: sql<string>`max(${aiCalls.at})`,
        inputTokens: whole(aiCalls.inputTokens),
        outputTokens: whole(aiCalls.outputTokens),
        reusedTokens: whole(aiCalls.reusedTokens),
        costUsd: sql<number | null>`sum(${aiCalls.costUsd})`,
        calls: whole(aiCalls.calls),
      })
      .from(aiCalls)
      .where(lt(aiCalls.at, month))
      .groupBy(
        sql`substr(${aiCalls.at}, 1, 7)`,
        ...Object.values(same),
        sql`${aiCalls.costUsd} is null`,
        sql`${aiCalls.inputTokens} + ${aiCalls.outputTokens} > 0`,
      )
    await tx.delete(aiCalls).where(lt(aiCalls.at, month))
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
      await tx.insert(aiCalls).values(rows.slice(at, at + ROWS_AT_ONCE).map((row) => ({ ...row, runId: FOLDED })))
    return found.calls
  })
}

/** A statement takes 32,766 values. */
const ROWS_AT_ONCE = 1000

function whole(column: Parameters<typeof sum>[0]) {
  return sum(column).mapWith(Number)
}

import { listCalls, spentByPage, spentOn } from '#db/queries/ai-calls.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import type { VariantCostResponse } from '#lib/domain/cost-answers.ts'
import { findVariant, type VariantQuery } from '#lib/services/variants/find.ts'

const SHOWN_CALLS = 1000

/** What a variant, or one run of it, has cost: in all, by page, and call by call. */
export async function getVariantCost(
  caller: Principal,
  query: VariantQuery,
  { runId }: { runId?: string },
): Promise<VariantCostResponse> {
  const variant = await findVariant(caller, query)
  const filter = { variantId: variant.id, runId }
  const [spent, pages, calls] = await Promise.all([
    spentOn(filter),
    spentByPage(filter),
    listCalls(filter, SHOWN_CALLS),
  ])
  return { spent, pages, calls: calls.map(presentCall) }
}

type Call = Awaited<ReturnType<typeof listCalls>>[number]

function presentCall(call: Call): VariantCostResponse['calls'][number] {
  return {
    at: call.at,
    run_id: call.runId,
    slug: call.slug,
    ai_provider: call.provider,
    ai_model: call.model,
    requested_by: call.requestedBy,
    input_tokens: call.inputTokens,
    output_tokens: call.outputTokens,
    reused_tokens: call.reusedTokens,
    cost_usd: call.costUsd,
    is_estimate: call.isEstimate,
  }
}

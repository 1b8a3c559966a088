import { costEndpoints } from '#lib/http/endpoints/cost.ts'
import { route } from '#lib/http/route.ts'
import { getVariantCost } from '#lib/services/cost/of-variant.ts'

export const GET = route(costEndpoints.getVariantCost, (caller, { params, query: { owner, run_id: runId } }) =>
  getVariantCost(caller, { ...params, owner }, { runId }),
)

import { costEndpoints } from '#lib/http/endpoints/cost.ts'
import { route } from '#lib/http/route.ts'
import { estimateGeneration } from '#lib/services/generations/estimate.ts'

export const POST = route(costEndpoints.estimate, (caller, { body, signal }) =>
  estimateGeneration(caller, body, signal),
)

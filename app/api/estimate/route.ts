import { costEndpoints } from '#lib/http/endpoints/cost.ts'
import { json, route } from '#lib/http/route.ts'
import { askEstimate } from '#lib/services/generations/ask-estimate.ts'

export const POST = route(costEndpoints.estimate, async (caller, { body: request, signal }) => {
  const answer = await askEstimate(caller, { request, signal })
  return answer ?? json({ status: 'estimating' }, { status: 202 })
})

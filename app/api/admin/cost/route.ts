import { costEndpoints } from '#lib/http/endpoints/cost.ts'
import { route } from '#lib/http/route.ts'
import { getCostOfAll } from '#lib/services/cost/of-everybody.ts'

export const GET = route(costEndpoints.getCostOfAll, (caller, { query }) => getCostOfAll(caller, query))

import { costEndpoints } from '#lib/http/endpoints/cost.ts'
import { route } from '#lib/http/route.ts'
import { getCost } from '#lib/services/cost/of-caller.ts'

export const GET = route(costEndpoints.getCost, (caller, { query }) => getCost(caller, query))

import { ownerQuery, variantParams } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { listVariantRuns } from '#lib/services/variants/history.ts'

export const GET = route({
  params: variantParams,
  query: ownerQuery,
  run: (caller, { params, query }) => listVariantRuns(caller, { ...params, ...query }),
})

import { ownerQuery, variantParams } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { getVariant } from '#lib/services/variants/get.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'

export const GET = route({
  params: variantParams,
  query: ownerQuery,
  run: (caller, { params, query }) => getVariant(caller, { ...params, ...query }),
})

export const DELETE = route({
  params: variantParams,
  query: ownerQuery,
  run: (caller, { params, query }) => removeVariant(caller, { ...params, ...query }),
})

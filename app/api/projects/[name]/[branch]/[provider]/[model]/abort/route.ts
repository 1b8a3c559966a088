import { ownerQuery, variantParams } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { abortVariant } from '#lib/services/generations/abort.ts'

export const POST = route({
  params: variantParams,
  query: ownerQuery,
  run: (caller, { params, query }) => abortVariant(caller, { ...params, ...query }),
})

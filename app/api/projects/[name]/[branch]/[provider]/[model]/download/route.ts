import { archiveResponse } from '#lib/http/archive-response.ts'
import { ownerQuery, variantParams } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { downloadVariant } from '#lib/services/variants/download.ts'

export const GET = route({
  params: variantParams,
  query: ownerQuery,
  run: async (caller, { params, query }) => archiveResponse(await downloadVariant(caller, { ...params, ...query })),
})

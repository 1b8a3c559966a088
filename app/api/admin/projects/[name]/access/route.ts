import { grantRequestSchema } from '#lib/domain/requests.ts'
import { nameParams, ownerQuery } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { grantAccess, listAccess } from '#lib/services/access/manage.ts'

export const GET = route({
  params: nameParams,
  query: ownerQuery,
  run: (caller, { params, query }) => listAccess(caller, { ...params, ...query }),
})

export const POST = route({
  params: nameParams,
  body: grantRequestSchema,
  run: (caller, { params, body }) => grantAccess(caller, { ...params, ...body }),
})

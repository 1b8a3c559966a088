import { accessParams, ownerQuery } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { revokeAccess } from '#lib/services/access/manage.ts'

export const DELETE = route({
  params: accessParams,
  query: ownerQuery,
  run: (caller, { params, query }) => revokeAccess(caller, { ...params, ...query }),
})

import { administrationEndpoints } from '#lib/http/endpoints/administration.ts'
import { givenOwner } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { grantAccess, listAccess } from '#lib/services/access/manage.ts'

export const GET = route(administrationEndpoints.listAccess, (caller, { params, query }) =>
  listAccess(caller, { ...params, owner: givenOwner(query.owner) }),
)

export const POST = route(administrationEndpoints.grantAccess, (caller, { params, body }) =>
  grantAccess(caller, { ...params, ...body, owner: givenOwner(body.owner) }),
)

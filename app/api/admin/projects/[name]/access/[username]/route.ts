import { administrationEndpoints } from '#lib/http/endpoints/administration.ts'
import { givenOwner } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { revokeAccess } from '#lib/services/access/manage.ts'

export const DELETE = route(administrationEndpoints.revokeAccess, (caller, { params, query }) =>
  revokeAccess(caller, { ...params, owner: givenOwner(query.owner) }),
)

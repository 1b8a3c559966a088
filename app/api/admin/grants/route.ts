import { administrationEndpoints } from '#lib/http/endpoints/administration.ts'
import { route } from '#lib/http/route.ts'
import { listAllGrants } from '#lib/services/access/manage.ts'

export const GET = route(administrationEndpoints.listGrants, listAllGrants)

import { administrationEndpoints } from '#lib/http/endpoints/administration.ts'
import { route } from '#lib/http/route.ts'
import { refreshModels } from '#lib/services/server/models.ts'

export const POST = route(administrationEndpoints.refreshModels, refreshModels)

import { serverEndpoints } from '#lib/http/endpoints/server.ts'
import { publicRoute } from '#lib/http/route.ts'
import { listModels } from '#lib/services/server/models.ts'

export const dynamic = 'force-dynamic'
export const GET = publicRoute(serverEndpoints.listModels, listModels)

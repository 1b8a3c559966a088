import { serverEndpoints } from '#lib/http/endpoints/server.ts'
import { openApiDocument } from '#lib/http/open-api.ts'
import { publicRoute } from '#lib/http/route.ts'

export const dynamic = 'force-dynamic'
export const GET = publicRoute(serverEndpoints.openApi, openApiDocument)

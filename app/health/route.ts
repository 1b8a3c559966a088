import { serverEndpoints } from '#lib/http/endpoints/server.ts'
import { publicRoute } from '#lib/http/route.ts'
import { checkHealth } from '#lib/services/server/health.ts'

export const dynamic = 'force-dynamic'
export const GET = publicRoute(serverEndpoints.health, () => checkHealth())

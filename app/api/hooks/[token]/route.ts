import { refreshEndpoints } from '#lib/http/endpoints/refresh.ts'
import { publicRoute } from '#lib/http/route.ts'
import { receiveDelivery } from '#lib/services/hooks/receive.ts'

export const POST = publicRoute(refreshEndpoints.receiveDelivery, ({ params, query, headers, readBody }) =>
  receiveDelivery({ token: params.token, only: query, headers, readBody, nowMs: Date.now() }),
)

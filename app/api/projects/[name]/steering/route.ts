import { steeringEndpoints } from '#lib/http/endpoints/steering.ts'
import { route } from '#lib/http/route.ts'
import { getSteering, setSteering } from '#lib/services/steering/manage.ts'

export const GET = route(steeringEndpoints.getSteering, (caller, { params, query }) =>
  getSteering(caller, { ...params, ...query }),
)

export const POST = route(steeringEndpoints.setSteering, (caller, { params, query, body }) =>
  setSteering(caller, { ...params, ...query }, body),
)

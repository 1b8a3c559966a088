import { refreshEndpoints } from '#lib/http/endpoints/refresh.ts'
import { route } from '#lib/http/route.ts'
import { createHook, getHook, removeHook } from '#lib/services/hooks/manage.ts'

export const GET = route(refreshEndpoints.getHook, (caller, { params, query }) =>
  getHook(caller, { ...params, ...query }),
)

export const POST = route(refreshEndpoints.createHook, (caller, { params, query, body }) =>
  createHook(caller, { ...params, ...query }, body),
)

export const DELETE = route(refreshEndpoints.removeHook, (caller, { params, query }) =>
  removeHook(caller, { ...params, ...query }),
)

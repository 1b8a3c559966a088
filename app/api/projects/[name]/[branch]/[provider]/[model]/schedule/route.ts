import { refreshEndpoints } from '#lib/http/endpoints/refresh.ts'
import { route } from '#lib/http/route.ts'
import { getSchedule } from '#lib/services/schedules/get.ts'
import { removeSchedule } from '#lib/services/schedules/remove.ts'
import { setSchedule } from '#lib/services/schedules/set.ts'

export const GET = route(refreshEndpoints.getSchedule, (caller, { params, query }) =>
  getSchedule(caller, { ...params, ...query }),
)

export const POST = route(refreshEndpoints.setSchedule, (caller, { params, query, body }) =>
  setSchedule(caller, { ...params, ...query }, body),
)

export const DELETE = route(refreshEndpoints.removeSchedule, (caller, { params, query }) =>
  removeSchedule(caller, { ...params, ...query }),
)

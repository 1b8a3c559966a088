import { refreshEndpoints } from '#lib/http/endpoints/refresh.ts'
import { route } from '#lib/http/route.ts'
import { listSchedules } from '#lib/services/schedules/get.ts'

export const GET = route(refreshEndpoints.listSchedules, listSchedules)

import { administrationEndpoints } from '#lib/http/endpoints/administration.ts'
import { route } from '#lib/http/route.ts'
import { getQueue } from '#lib/services/admin/queue.ts'

export const GET = route(administrationEndpoints.getQueue, getQueue)

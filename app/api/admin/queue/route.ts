import { route } from '#lib/http/route.ts'
import { getQueue } from '#lib/services/admin/queue.ts'

export const GET = route({ run: (caller) => getQueue(caller) })

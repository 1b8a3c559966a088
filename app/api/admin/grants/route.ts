import { route } from '#lib/http/route.ts'
import { listAllGrants } from '#lib/services/access/manage.ts'

export const GET = route({ run: (caller) => listAllGrants(caller) })

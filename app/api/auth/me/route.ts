import { accountEndpoints } from '#lib/http/endpoints/accounts.ts'
import { route } from '#lib/http/route.ts'
import { presentMe } from '#lib/services/sessions/me.ts'

export const GET = route(accountEndpoints.me, presentMe)

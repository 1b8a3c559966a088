import { sessionCookie } from '#lib/auth/sessions.ts'
import { accountEndpoints } from '#lib/http/endpoints/accounts.ts'
import { json, route } from '#lib/http/route.ts'
import { logout } from '#lib/services/sessions/logout.ts'

export const POST = route(accountEndpoints.logout, async (caller, { secure }) =>
  json(await logout(caller), { headers: { 'set-cookie': sessionCookie('', secure) } }),
)

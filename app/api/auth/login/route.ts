import { sessionCookie } from '#lib/auth/sessions.ts'
import { accountEndpoints } from '#lib/http/endpoints/accounts.ts'
import { json, publicRoute } from '#lib/http/route.ts'
import { login } from '#lib/services/sessions/login.ts'

export const POST = publicRoute(accountEndpoints.login, async ({ body, address, secure }) => {
  const { me, token } = await login(body, address)
  return json(me, { headers: { 'set-cookie': sessionCookie(token, secure) } })
})

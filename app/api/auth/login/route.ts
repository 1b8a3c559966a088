import { sessionCookie } from '#lib/auth/sessions.ts'
import { loginRequestSchema } from '#lib/domain/requests.ts'
import { json, publicRoute } from '#lib/http/route.ts'
import { login } from '#lib/services/sessions/login.ts'

export const POST = publicRoute({
  body: loginRequestSchema,
  run: async ({ body, address, secure }) => {
    const { me, token } = await login(body, address)
    return json(me, { headers: { 'set-cookie': sessionCookie(token, secure) } })
  },
})

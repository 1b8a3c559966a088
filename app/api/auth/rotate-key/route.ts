import { sessionCookie } from '#lib/auth/sessions.ts'
import { accountEndpoints } from '#lib/http/endpoints/accounts.ts'
import { json, route } from '#lib/http/route.ts'
import { rotateOwnKey } from '#lib/services/users/rotate-key.ts'

export const POST = route(accountEndpoints.rotateOwnKey, async (caller, { body, secure }) => {
  const answer = await rotateOwnKey(caller, body.new_key)
  return json(answer, { headers: { 'set-cookie': sessionCookie('', secure) } })
})

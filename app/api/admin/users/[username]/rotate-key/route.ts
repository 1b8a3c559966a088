import { accountEndpoints } from '#lib/http/endpoints/accounts.ts'
import { route } from '#lib/http/route.ts'
import { rotateUserKey } from '#lib/services/users/rotate-key.ts'

export const POST = route(accountEndpoints.rotateUserKey, (caller, { params, body }) =>
  rotateUserKey(caller, params.username, body.new_key),
)

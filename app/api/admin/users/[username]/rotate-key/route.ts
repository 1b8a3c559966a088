import { rotateKeyRequestSchema } from '#lib/domain/requests.ts'
import { userParams } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { rotateUserKey } from '#lib/services/users/rotate-key.ts'

export const POST = route({
  params: userParams,
  body: rotateKeyRequestSchema,
  run: (caller, { params, body }) => rotateUserKey(caller, params.username, body.new_key),
})

import { rotateKeyRequestSchema } from '#lib/domain/requests.ts'
import { route } from '#lib/http/route.ts'
import { rotateOwnKey } from '#lib/services/users/rotate-key.ts'

export const POST = route({
  body: rotateKeyRequestSchema,
  run: (caller, { body }) => rotateOwnKey(caller, body.new_key),
})

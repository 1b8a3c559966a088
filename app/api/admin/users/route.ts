import { createUserRequestSchema } from '#lib/domain/requests.ts'
import { route } from '#lib/http/route.ts'
import { createUser } from '#lib/services/users/create.ts'
import { listUsers } from '#lib/services/users/list.ts'

export const GET = route({ run: (caller) => listUsers(caller) })

export const POST = route({ body: createUserRequestSchema, run: (caller, { body }) => createUser(caller, body) })

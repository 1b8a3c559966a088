import { accountEndpoints } from '#lib/http/endpoints/accounts.ts'
import { route } from '#lib/http/route.ts'
import { createUser } from '#lib/services/users/create.ts'
import { listUsers } from '#lib/services/users/list.ts'

export const GET = route(accountEndpoints.listUsers, listUsers)

export const POST = route(accountEndpoints.createUser, (caller, { body }) => createUser(caller, body))

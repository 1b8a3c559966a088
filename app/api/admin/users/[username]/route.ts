import { accountEndpoints } from '#lib/http/endpoints/accounts.ts'
import { route } from '#lib/http/route.ts'
import { removeUser } from '#lib/services/users/remove.ts'

export const DELETE = route(accountEndpoints.removeUser, (caller, { params }) => removeUser(caller, params.username))

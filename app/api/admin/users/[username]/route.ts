import { userParams } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { removeUser } from '#lib/services/users/remove.ts'

export const DELETE = route({ params: userParams, run: (caller, { params }) => removeUser(caller, params.username) })

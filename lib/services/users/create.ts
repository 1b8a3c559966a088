import { insertUser } from '#db/queries/users.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { hashSecret, newUserKey } from '#lib/auth/keys.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import type { Role } from '#lib/domain/kinds.ts'
import type { CreateUserResponse } from '#lib/domain/responses.ts'
import { DocsfyError } from '#lib/errors.ts'

/** Makes an account; its key is in the answer and nowhere else. */
export async function createUser(
  caller: Principal,
  { username, role }: { username: string; role: Role },
): Promise<CreateUserResponse> {
  needPermission(caller, 'users.manage')
  const key = newUserKey()
  const createdAt = new Date().toISOString()
  if (!(await insertUser({ username, role, keyHash: hashSecret(key), createdAt })))
    throw new DocsfyError('conflict', `There is already a user "${username}"`)
  return { username, role, api_key: key }
}

import * as stored from '#db/queries/users.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import type { UsersResponse } from '#lib/domain/responses.ts'

/** All accounts but the built-in one. */
export async function listUsers(caller: Principal): Promise<UsersResponse> {
  needPermission(caller, 'users.manage')
  const users = await stored.listUsers()
  return { users: users.map(({ username, role, createdAt }) => ({ username, role, created_at: createdAt })) }
}

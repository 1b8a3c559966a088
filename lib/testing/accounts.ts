import { insertUser } from '#db/queries/users.ts'
import { authenticate, keyCredential, type Principal } from '#lib/auth/authenticate.ts'
import { hashSecret, newUserKey } from '#lib/auth/keys.ts'
import type { Role } from '#lib/domain/kinds.ts'
import { TEST_ADMIN_KEY } from '#lib/testing/temp-database.ts'

export interface Account {
  key: string
  principal: Principal
}

/** A stored account with its key. */
export async function makeAccount(username: string, role: Role = 'user'): Promise<Account> {
  const key = newUserKey()
  await insertUser({ username, role, keyHash: hashSecret(key), createdAt: new Date().toISOString() })
  return { key, principal: await principalWith(key) }
}

/** The built-in account. */
export function adminPrincipal(): Promise<Principal> {
  return principalWith(TEST_ADMIN_KEY)
}

async function principalWith(key: string): Promise<Principal> {
  const principal = await authenticate(keyCredential(key))
  if (!principal) throw new Error('the account was not stored')
  return principal
}

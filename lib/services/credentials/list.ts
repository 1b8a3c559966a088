import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { savedCredentials } from '#lib/auth/repository-credentials.ts'
import type { SavedCredentialRow } from '#lib/domain/credentials.ts'

/** The hosts the caller has stored credentials for, with the name but never the token. */
export async function listCredentials(caller: Principal): Promise<{ credentials: SavedCredentialRow[] }> {
  needPermission(caller, 'generation.start')
  const saved = await savedCredentials(caller.username)
  return { credentials: saved.map(({ host, username, createdAt }) => ({ host, username, created_at: createdAt })) }
}

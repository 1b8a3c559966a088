import { deleteRepositoryCredential } from '#db/queries/repository-credentials.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { credentialHost } from '#lib/domain/credentials.ts'
import { DocsfyError } from '#lib/errors.ts'

/** Forgets what the caller showed to a host; a run that is fetching keeps it to its end. Throws `not_found`. */
export async function removeCredential(caller: Principal, given: string): Promise<{ deleted: string }> {
  needPermission(caller, 'generation.start')
  const host = credentialHost(given)
  if (host === null || !(await deleteRepositoryCredential(caller.username, host)))
    throw new DocsfyError('not_found', 'You have no credentials for this host')
  return { deleted: host }
}

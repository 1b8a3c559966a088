import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { saveCredential } from '#lib/auth/repository-credentials.ts'
import { config } from '#lib/config.ts'
import { credentialHost, type SavedCredentialRow } from '#lib/domain/credentials.ts'
import { DocsfyError } from '#lib/errors.ts'

export interface SetCredential {
  /** A host, with its port when it has one, or an address of the host. */
  host: string
  username: string
  token: string
}

/** Keeps what the caller shows to a host when one of their runs fetches from it. Throws `invalid_input`, `unauthenticated`. */
export async function setCredential(
  caller: Principal,
  { host: given, username, token }: SetCredential,
): Promise<SavedCredentialRow> {
  needPermission(caller, 'generation.start')
  const host = hostOf(given)
  const createdAt = new Date().toISOString()
  if (!(await saveCredential(caller.username, { host, credential: { username, token }, createdAt })))
    throw new DocsfyError('unauthenticated', 'This account does not exist any more')
  return { host, username, created_at: createdAt }
}

/** Throws `invalid_input` for what is no host, and for http, which would send the token unencrypted. */
function hostOf(given: string): string {
  const host = credentialHost(given.trim())
  const { allowPrivateHosts } = config()
  if (host === null) throw invalid('Give the host alone, such as github.com or git.example.com:8443')
  if (host.startsWith('http:') && !allowPrivateHosts)
    throw invalid('Credentials are only sent over https: give the host without "http://"')
  return host
}

function invalid(message: string): DocsfyError {
  return new DocsfyError('invalid_input', message, { issues: [{ path: 'host', message }] })
}

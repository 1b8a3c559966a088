import { findSession } from '#db/queries/sessions.ts'
import { findUser, findUserByKey } from '#db/queries/users.ts'
import { hashSecret, sameHash } from '#lib/auth/keys.ts'
import { adminKey } from '#lib/auth/secrets.ts'
import { tokenInCookies } from '#lib/auth/sessions.ts'
import { ADMIN_USERNAME, type Role } from '#lib/domain/kinds.ts'

/** How a caller proved who they are; hashes only, so that it can be kept and checked again. */
export type Credential = { kind: 'key'; hash: string } | { kind: 'session'; hash: string }

/** Who is calling. */
export interface Principal {
  username: string
  role: Role
  credential: Credential
  /** End of the session, ISO 8601 UTC; null for a key. */
  expiresAt: string | null
}

/** The credential in a request's headers: `Authorization: Bearer KEY` before the session cookie. */
export function credentialIn(headers: { authorization?: string | null; cookie?: string | null }): Credential | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer) return keyCredential(bearer)
  const token = tokenInCookies(headers.cookie)
  return token ? { kind: 'session', hash: hashSecret(token) } : null
}

export function keyCredential(key: string): Credential {
  return { kind: 'key', hash: hashSecret(key) }
}

/** The account behind a credential, as it is now; null when the credential is not or no longer valid. */
export async function authenticate(credential: Credential | null, nowMs = Date.now()): Promise<Principal | null> {
  if (!credential) return null
  if (credential.kind === 'key') {
    const account = await accountWithKey(credential.hash)
    return account && { username: account.username, role: account.role, credential, expiresAt: null }
  }
  const session = await findSession(credential.hash, new Date(nowMs).toISOString())
  const role = session ? await roleOf(session.username) : null
  return session && role && { username: session.username, role, credential, expiresAt: session.expiresAt }
}

interface Account {
  username: string
  role: Role
  /** Hash of the stored key; null for the built-in account, whose key is a setting. */
  keyHash: string | null
}

/** The account of `username` when `key` is its key. */
export async function accountFor(username: string, key: string): Promise<Account | null> {
  const account = await accountWithKey(hashSecret(key))
  return account?.username === username ? account : null
}

/** The role of an account; null when there is none of this name. */
export async function roleOf(username: string): Promise<Role | null> {
  if (username === ADMIN_USERNAME) return 'admin'
  return (await findUser(username))?.role ?? null
}

async function accountWithKey(hash: string): Promise<Account | null> {
  if (sameHash(hash, hashSecret(adminKey()))) return { username: ADMIN_USERNAME, role: 'admin', keyHash: null }
  const user = await findUserByKey(hash)
  return user && { username: user.username, role: user.role, keyHash: user.keyHash }
}

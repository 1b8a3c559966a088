import * as stored from '#db/queries/repository-credentials.ts'
import { seal, unseal } from '#lib/auth/seal.ts'
import { credentialHost } from '#lib/domain/credentials.ts'
import type { RepositoryCredential } from '#lib/domain/job.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import { log } from '#lib/log.ts'
import { remember } from '#lib/remember.ts'

export interface SavedCredential extends Pick<RepositoryCredential, 'username'> {
  host: string
  createdAt: string
}

/** A variant by its repository; at most one run of it is active. */
export interface RunOfRepository {
  owner: string
  canonicalUrl: string
  branch: string
  provider: string
  model: string
}

/** Keeps what `owner` shows to a host, sealed; false when the account is gone. */
export async function saveCredential(
  owner: string,
  { host, credential, createdAt }: { host: string; credential: RepositoryCredential; createdAt: string },
): Promise<boolean> {
  const sealed = seal(JSON.stringify([credential.username, credential.token]), contextOf(owner, host))
  return stored.putRepositoryCredential({ username: owner, host, sealed, createdAt }, owner === ADMIN_USERNAME)
}

/** The hosts and names a user has stored credentials for; those of another key are listed with an empty name. */
export async function savedCredentials(owner: string): Promise<SavedCredential[]> {
  const rows = await stored.listRepositoryCredentials(owner)
  return rows.map((row) => ({ host: row.host, username: opened(row)?.username ?? '', createdAt: row.createdAt }))
}

/** What a run shows to the server of its repository: what came with its address, else what its owner stored for the host. */
export async function credentialForRun(run: RunOfRepository): Promise<RepositoryCredential | null> {
  const given = givenForOneRun()
  const once = given.get(keyOf(run))
  if (once) {
    given.delete(keyOf(run))
    return once
  }
  return await storedCredential(run)
}

/** What the owner of a repository stored for its host; null for none. */
export async function storedCredential({
  owner,
  canonicalUrl,
}: Pick<RunOfRepository, 'owner' | 'canonicalUrl'>): Promise<RepositoryCredential | null> {
  const host = credentialHost(canonicalUrl)
  const row = host === null ? null : await stored.findRepositoryCredential(owner, host)
  return row && opened(row)
}

/** Keeps a credential in memory until the next run of a variant starts. Returns how to forget it. */
export function holdForNextRun(run: RunOfRepository, credential: RepositoryCredential): () => void {
  givenForOneRun().set(keyOf(run), credential)
  return () => givenForOneRun().delete(keyOf(run))
}

function givenForOneRun(): Map<string, RepositoryCredential> {
  return remember('credentials-for-one-run', () => new Map())
}

function keyOf({ owner, canonicalUrl, branch, provider, model }: RunOfRepository): string {
  return JSON.stringify([owner, canonicalUrl, branch, provider, model])
}

function opened({ username: owner, host, sealed }: stored.StoredCredential): RepositoryCredential | null {
  const text = unseal(sealed, contextOf(owner, host))
  if (text === null) {
    log.warn('stored credentials cannot be opened: the key in credentials.key is another one', { owner, host })
    return null
  }
  const [username, token] = JSON.parse(text) as [string, string]
  return { username, token }
}

function contextOf(owner: string, host: string): string {
  return JSON.stringify([owner, host])
}

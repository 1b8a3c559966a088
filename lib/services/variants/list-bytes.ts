import { databaseVersion } from '#db/queries/version.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { remember } from '#lib/remember.ts'
import { listProjects } from '#lib/services/variants/list.ts'

interface Kept {
  version: number
  /** By viewer, all admins alike. */
  lists: Map<string, Promise<Bytes>>
}
/** What a Response takes as a body. */
type Bytes = Uint8Array<ArrayBuffer>
type Viewer = Pick<Principal, 'username' | 'role'>

/** The list of listProjects as JSON in UTF-8, made once per viewer until something is written. */
export function listProjectsBytes(viewer: Viewer): Promise<Bytes> {
  const key = viewer.role === 'admin' ? 'admins' : `user ${viewer.username}`
  return once(key, async () => Buffer.from(JSON.stringify(await listProjects(viewer))))
}

function once(key: string, make: () => Promise<Bytes>): Promise<Bytes> {
  const kept = remember<Kept>('lists', () => ({ version: -1, lists: new Map() }))
  const version = databaseVersion()
  if (kept.version !== version) Object.assign(kept, { version, lists: new Map() })
  const { lists } = kept
  const known = lists.get(key)
  if (known) return known
  const made = make()
  lists.set(key, made)
  made.catch(() => lists.delete(key))
  return made
}

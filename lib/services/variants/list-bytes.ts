import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { databaseVersion } from '#db/queries/version.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { remember } from '#lib/remember.ts'
import { listProjects } from '#lib/services/variants/list.ts'

interface Kept {
  version: number
  /** By viewer, all admins alike, and encoding. */
  lists: Map<string, Promise<Bytes>>
}
/** What a Response takes as a body. */
type Bytes = Uint8Array<ArrayBuffer>
type Viewer = Pick<Principal, 'username' | 'role'>

/** The list of listProjects as JSON in UTF-8, made (and compressed) once per viewer until something is written. */
export function listProjectsBytes(viewer: Viewer, compressed: boolean): Promise<Bytes> {
  const key = viewer.role === 'admin' ? 'admins' : `user ${viewer.username}`
  const plain = () => once(key, async () => Buffer.from(JSON.stringify(await listProjects(viewer))))
  return compressed
    ? once(`gzip ${key}`, async () => Buffer.from(await promisify(gzip)(await plain(), { level: 1 })))
    : plain()
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

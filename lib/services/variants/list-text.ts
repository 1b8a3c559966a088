import { databaseVersion } from '#db/queries/version.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { remember } from '#lib/remember.ts'
import { listProjects } from '#lib/services/variants/list.ts'

interface Kept {
  version: number
  /** By viewer; all admins see the same. */
  texts: Map<string, Promise<string>>
}

/** The list of listProjects as JSON text, made once per viewer until something is written. */
export function listProjectsText(viewer: Pick<Principal, 'username' | 'role'>): Promise<string> {
  const kept = remember<Kept>('list-texts', () => ({ version: -1, texts: new Map() }))
  const version = databaseVersion()
  if (kept.version !== version) Object.assign(kept, { version, texts: new Map() })
  const key = viewer.role === 'admin' ? 'admins' : `user ${viewer.username}`
  const known = kept.texts.get(key)
  if (known) return known
  const { texts } = kept
  const text = listProjects(viewer).then((list) => JSON.stringify(list))
  texts.set(key, text)
  text.catch(() => texts.delete(key))
  return text
}

import { listGrants } from '#db/queries/grants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import type { Relation } from '#lib/auth/permissions.ts'
import { remember } from '#lib/remember.ts'

interface ProjectName {
  owner: string
  name: string
}

/** Who was granted what, in memory, kept true by the services that change grants. Keyed by owner, then name. */
function index(): Map<string, Map<string, Set<string>>> {
  return remember('grants', () => new Map())
}

/** Fills the index from the database. Call once at start, before anything is served. */
export async function loadGrants(): Promise<void> {
  index().clear()
  for (const grant of await listGrants()) noteGrant(grant, grant.username)
}

export function noteGrant({ owner, name }: ProjectName, username: string): void {
  const projects = index().get(owner) ?? new Map<string, Set<string>>()
  index().set(owner, projects)
  const readers = projects.get(name) ?? new Set<string>()
  projects.set(name, readers.add(username))
}

export function noteRevocation({ owner, name }: ProjectName, username: string): void {
  index().get(owner)?.get(name)?.delete(username)
}

/** Forgets the grants of a project that is gone; returns who had one. */
export function forgetProject({ owner, name }: ProjectName): string[] {
  const readers = readersOf({ owner, name })
  index().get(owner)?.delete(name)
  return readers
}

/** Forgets a user who is gone: their grants, and those on their projects. Returns who loses access with them. */
export function forgetUser(username: string): string[] {
  const losers = [...(index().get(username)?.values() ?? [])].flatMap((readers) => [...readers])
  index().delete(username)
  for (const projects of index().values()) for (const readers of projects.values()) readers.delete(username)
  return losers
}

/** Users with a grant on a project. */
export function readersOf({ owner, name }: ProjectName): string[] {
  return [...(index().get(owner)?.get(name) ?? [])]
}

/** What this caller is to a project. */
export function relationTo(principal: Pick<Principal, 'username'>, { owner, name }: ProjectName): Relation {
  if (owner === principal.username) return 'owner'
  return index().get(owner)?.get(name)?.has(principal.username) ? 'granted' : 'none'
}

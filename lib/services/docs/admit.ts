import { databaseVersion } from '#db/queries/version.ts'
import { authenticate, type Credential, type Principal } from '#lib/auth/authenticate.ts'
import { DocsfyError } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'
import { type LocatedSite, locateSite } from '#lib/services/docs/locate-site.ts'

export interface Admission {
  caller: Principal
  site: LocatedSite
}

interface Asked {
  credential: Credential | null
  /** Decoded, of the address below `/docs/` and the owner. */
  segments: string[]
  owner: string | undefined
}

/** A database that others write to as well is asked again after this; what ends by the clock, such as a session, too. */
const KNOWN_MS = 500
const MAX_KNOWN = 5000
/** Segments that can name a site. */
const NAMING = 4

interface Known {
  /** Writes that had ended when the answers were looked up: with the next one, all are asked again. */
  writes: number
  untilMs: number
  answers: Map<string, Admission>
}

/**
 * Who asks, and the site they mean. A page asks for its own files in one breath, so an answer stands until anything is
 * written or half a second has gone: whoever loses access loses it with the write that takes it. Throws as
 * `authenticate` and `locateSite` do.
 */
export async function admit({ credential, segments, owner }: Asked): Promise<Admission> {
  if (!credential) throw unknown()
  const key = JSON.stringify([credential.kind, credential.hash, owner ?? null, ...segments.slice(0, NAMING)])
  const known = current()
  const answer = known.answers.get(key)
  if (answer) return answer
  const caller = await knownCaller(credential)
  const admission = { caller, site: await locateSite(caller, segments, owner) }
  if (known.writes === databaseVersion() && known.answers.size < MAX_KNOWN) known.answers.set(key, admission)
  return admission
}

/** Who asks. Throws `unauthenticated`. */
export async function knownCaller(credential: Credential | null): Promise<Principal> {
  const caller = await authenticate(credential)
  if (!caller) throw unknown()
  return caller
}

function current(): Known {
  const holder = remember('docs-admissions', () => ({ known: fresh() }))
  const { writes, untilMs } = holder.known
  if (writes !== databaseVersion() || performance.now() > untilMs) holder.known = fresh()
  return holder.known
}

function fresh(): Known {
  return { writes: databaseVersion(), untilMs: performance.now() + KNOWN_MS, answers: new Map() }
}

function unknown(): DocsfyError {
  return new DocsfyError('unauthenticated', 'Sign in to read this documentation')
}

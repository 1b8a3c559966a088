import { deleteSession } from '#db/queries/sessions.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { announce } from '#lib/events.ts'

/** Ends the session the caller came with; a key has none to end. */
export async function logout(caller: Principal): Promise<{ ok: true }> {
  if (caller.credential.kind === 'session') {
    await deleteSession(caller.credential.hash)
    announce('session_ended', { sessionHash: caller.credential.hash })
  }
  return { ok: true }
}

import { insertSession } from '#db/queries/sessions.ts'
import { authenticate, type Principal } from '#lib/auth/authenticate.ts'
import { hashSecret, newToken } from '#lib/auth/keys.ts'
import type { Role } from '#lib/domain/kinds.ts'
import { grantAccess, revokeAccess } from '#lib/services/access/manage.ts'
import { logout } from '#lib/services/sessions/logout.ts'
import { createUser } from '#lib/services/users/create.ts'
import { removeUser } from '#lib/services/users/remove.ts'
import { rotateUserKey } from '#lib/services/users/rotate-key.ts'
import { makeAccount } from '#lib/testing/accounts.ts'

/** How a viewer is let in, and what takes that away. */
export interface Change {
  role: Role
  hasGrant: boolean
  /** Milliseconds a session lives; null: the viewer comes with a key. */
  sessionMs: number | null
  /** Resolves when access has ended. */
  end(admin: Principal, viewer: Viewer): Promise<unknown>
}

export interface Viewer {
  username: string
  headers: Record<string, string>
  principal: Principal
  /** When the session ends, on the clock of `Date.now()`. */
  expiresMs: number
}

const LONG_MS = 3_600_000

export const CHANGES: Record<string, Change> = {
  revoke: {
    role: 'viewer',
    hasGrant: true,
    sessionMs: null,
    end: (admin, { username }) => revokeAccess(admin, { name: 'lib', owner: 'ann', username }),
  },
  // Roles of an account do not change: it is made anew with another one.
  demote: {
    role: 'admin',
    hasGrant: false,
    sessionMs: null,
    async end(admin, { username }) {
      await removeUser(admin, username)
      await createUser(admin, { username, role: 'viewer' })
    },
  },
  logout: { role: 'user', hasGrant: true, sessionMs: LONG_MS, end: (_, { principal }) => logout(principal) },
  rotate: {
    role: 'user',
    hasGrant: true,
    sessionMs: null,
    end: (admin, { username }) => rotateUserKey(admin, username),
  },
  delete: {
    role: 'user',
    hasGrant: true,
    sessionMs: LONG_MS,
    end: (admin, { username }) => removeUser(admin, username),
  },
  expire: {
    role: 'user',
    hasGrant: true,
    sessionMs: 2_000,
    end: (_, { expiresMs }) => new Promise((resolve) => setTimeout(resolve, expiresMs - Date.now())),
  },
}

/** A viewer who may read the project, with a key or a session. */
export async function makeViewer(admin: Principal, username: string, change: Change): Promise<Viewer> {
  const { key, principal } = await makeAccount(username, change.role)
  if (change.hasGrant) await grantAccess(admin, { name: 'lib', owner: 'ann', username })
  if (change.sessionMs === null)
    return { username, principal, headers: { authorization: `Bearer ${key}` }, expiresMs: Number.POSITIVE_INFINITY }
  const token = newToken()
  const expiresMs = Date.now() + change.sessionMs
  const times = { createdAt: new Date().toISOString(), expiresAt: new Date(expiresMs).toISOString() }
  await insertSession({ tokenHash: hashSecret(token), username, ...times }, null)
  const bySession = await authenticate({ kind: 'session', hash: hashSecret(token) })
  if (!bySession) throw new Error('The session was not stored')
  return { username, principal: bySession, headers: { cookie: `docsfy_session=${token}` }, expiresMs }
}

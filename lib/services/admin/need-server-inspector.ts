import type { Principal } from '#lib/auth/authenticate.ts'
import { decide } from '#lib/auth/permissions.ts'
import { DocsfyError } from '#lib/errors.ts'

/** Throws `forbidden` for callers who may not look into the server. */
export function needServerInspector(caller: Principal): void {
  if (decide(caller.role, 'server.inspect') !== 'allow')
    throw new DocsfyError('forbidden', 'Only an admin may look into the server')
}

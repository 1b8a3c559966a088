import type { Principal } from '#lib/auth/authenticate.ts'
import { decide } from '#lib/auth/permissions.ts'
import { DocsfyError } from '#lib/errors.ts'

/** Throws `forbidden` for callers who may not manage accounts. */
export function needUserManager(caller: Principal): void {
  if (decide(caller.role, 'users.manage') !== 'allow')
    throw new DocsfyError('forbidden', 'Only an admin may manage users')
}

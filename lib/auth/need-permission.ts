import { decide, type RoleAction } from '#lib/auth/permissions.ts'
import type { Role } from '#lib/domain/kinds.ts'
import { DocsfyError } from '#lib/errors.ts'

const REFUSALS = {
  'account.use': 'This account may not be used',
  'projects.list': 'This account may not see documentation',
  'generation.start': 'Viewers may not start generations',
  'generation.start_local': 'Only an admin may document a path of the server',
  'users.manage': 'Only an admin may manage users',
  'access.manage': 'Only an admin may manage access',
  'server.inspect': 'Only an admin may look into the server',
} as const satisfies Record<RoleAction, string>

/** Throws `forbidden` when the caller's role does not allow the action. */
export function needPermission(caller: { role: Role }, action: RoleAction): void {
  if (decide(caller.role, action) !== 'allow') throw new DocsfyError('forbidden', REFUSALS[action])
}

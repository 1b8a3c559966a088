import { deleteUser } from '#db/queries/users.ts'
import { findVariantsOwnedBy } from '#db/queries/variants.ts'
import { forgetUser, readersOf } from '#lib/auth/audience.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import { DocsfyError } from '#lib/errors.ts'
import { announce } from '#lib/events.ts'
import { removeFiles } from '#lib/services/variants/remove.ts'

/** Deletes an account with its sessions, sockets, grants, projects and files. */
export async function removeUser(caller: Principal, username: string): Promise<{ deleted: string }> {
  needPermission(caller, 'users.manage')
  if (username === caller.username || username === ADMIN_USERNAME)
    throw new DocsfyError('bad_request', 'Nobody can delete their own account or the built-in one')
  const owned = await findVariantsOwnedBy(username)
  const result = await deleteUser(username)
  if (result === 'absent') throw new DocsfyError('not_found', `There is no user "${username}"`)
  if (result === 'running') throw new DocsfyError('conflict', `A generation of ${username} is running: abort it first`)
  const names = new Set(owned.map((variant) => variant.name))
  const removed = [...names].map((name) => ({
    owner: username,
    name,
    variantIds: owned.filter((variant) => variant.name === name).map((variant) => variant.id),
    readers: readersOf({ owner: username, name }),
  }))
  forgetUser(username)
  announce('user_locked_out', { username })
  for (const project of removed) announce('variants_removed', project)
  await removeFiles(owned)
  return { deleted: username }
}

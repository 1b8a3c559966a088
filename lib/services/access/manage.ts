import { deleteGrant, insertGrant, listGrants, listGrantsOf } from '#db/queries/grants.ts'
import { noteGrant, noteRevocation } from '#lib/auth/audience.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import type { GrantsResponse } from '#lib/domain/admin.ts'
import type { AccessResponse } from '#lib/domain/responses.ts'
import { DocsfyError } from '#lib/errors.ts'
import { announce } from '#lib/events.ts'
import { findProject, type ProjectQuery } from '#lib/services/variants/find.ts'

type GrantQuery = ProjectQuery & { username: string }

/** Lets a user read all variants of a project. */
export async function grantAccess(caller: Principal, query: GrantQuery) {
  const { owner, name, projectId } = await projectOf(caller, query)
  const result = await insertGrant(projectId, query.username)
  if (result === 'no_user') throw new DocsfyError('not_found', `There is no user "${query.username}"`)
  if (result === 'no_project') throw new DocsfyError('not_found', `There is no documentation "${name}"`)
  noteGrant({ owner, name }, query.username)
  announce('access_changed', { usernames: [query.username] })
  return { granted: name, username: query.username, owner }
}

/** Who was granted a project. */
export async function listAccess(caller: Principal, query: ProjectQuery): Promise<AccessResponse> {
  const { owner, name, projectId } = await projectOf(caller, query)
  return { project: name, owner, users: await listGrantsOf(projectId) }
}

/** Takes a grant back; what the user has open narrows at once. */
export async function revokeAccess(caller: Principal, query: GrantQuery) {
  const { owner, name, projectId } = await projectOf(caller, query)
  if (!(await deleteGrant(projectId, query.username)))
    throw new DocsfyError('not_found', `"${query.username}" has no access to "${name}"`)
  noteRevocation({ owner, name }, query.username)
  announce('access_changed', { usernames: [query.username] })
  return { revoked: name, username: query.username, owner }
}

/** Every grant there is. */
export async function listAllGrants(caller: Principal): Promise<GrantsResponse> {
  needPermission(caller, 'access.manage')
  const grants = await listGrants()
  return {
    grants: grants.map(({ owner, name, username, createdAt }) => ({
      owner,
      project: name,
      username,
      created_at: createdAt,
    })),
  }
}

async function projectOf(caller: Principal, query: ProjectQuery) {
  needPermission(caller, 'access.manage')
  const [variant] = await findProject(caller, query)
  if (!variant) throw new DocsfyError('not_found', `There is no documentation "${query.name}"`)
  return variant
}

import { findSteering, putSteering } from '#db/queries/steering.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import type { Steering, SteeringResponse } from '#lib/domain/steering.ts'
import { DocsfyError } from '#lib/errors.ts'
import { findProject, type ProjectQuery } from '#lib/services/variants/find.ts'

/** What the dashboard asks of the documentation of a project, for those who may change it. */
export async function getSteering(caller: Principal, query: ProjectQuery): Promise<SteeringResponse> {
  const stored = await findSteering(await projectIdOf(caller, query))
  return stored
    ? { steering: stored.steering, updated_by: stored.updatedBy, updated_at: stored.updatedAt }
    : { steering: {}, updated_by: null, updated_at: null }
}

/** Sets or replaces it for the runs that start from now on. Throws `not_found`. */
export async function setSteering(
  caller: Principal,
  query: ProjectQuery,
  steering: Steering,
): Promise<SteeringResponse> {
  const projectId = await projectIdOf(caller, query)
  const updatedAt = new Date().toISOString()
  if (!(await putSteering({ projectId, steering, updatedBy: caller.username, updatedAt }))) throw missing(query)
  return await getSteering(caller, query)
}

async function projectIdOf(caller: Principal, query: ProjectQuery): Promise<string> {
  const [variant] = await findProject(caller, query, 'project.change')
  if (!variant) throw missing(query)
  return variant.projectId
}

function missing({ name }: ProjectQuery): DocsfyError {
  return new DocsfyError('not_found', `There is no documentation "${name}"`)
}

import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { getProject } from '#lib/services/variants/list.ts'
import { removeProject } from '#lib/services/variants/remove.ts'

export const GET = route(projectEndpoints.getProject, (caller, { params, query }) =>
  getProject(caller, { ...params, ...query }),
)

export const DELETE = route(projectEndpoints.removeProject, (caller, { params, query }) =>
  removeProject(caller, { ...params, ...query }),
)

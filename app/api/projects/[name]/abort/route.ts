import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { abortProject } from '#lib/services/generations/abort.ts'

export const POST = route(projectEndpoints.abortProject, (caller, { params, query }) =>
  abortProject(caller, { ...params, ...query }),
)

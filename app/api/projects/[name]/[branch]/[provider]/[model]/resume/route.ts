import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { resumeVariant } from '#lib/services/generations/resume.ts'

export const POST = route(projectEndpoints.resumeVariant, (caller, { params, query }) =>
  resumeVariant(caller, { ...params, ...query }),
)

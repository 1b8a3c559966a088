import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { abortVariant } from '#lib/services/generations/abort.ts'

export const POST = route(projectEndpoints.abortVariant, (caller, { params, query }) =>
  abortVariant(caller, { ...params, ...query }),
)

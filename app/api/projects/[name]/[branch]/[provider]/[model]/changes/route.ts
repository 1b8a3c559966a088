import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { compareRuns } from '#lib/services/variants/changes.ts'

export const GET = route(projectEndpoints.compareRuns, (caller, { params, query: { owner, from, to } }) =>
  compareRuns(caller, { ...params, owner }, { from, to }),
)

import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { listVariantRuns } from '#lib/services/variants/history.ts'

export const GET = route(projectEndpoints.listRuns, (caller, { params, query }) =>
  listVariantRuns(caller, { ...params, ...query }),
)

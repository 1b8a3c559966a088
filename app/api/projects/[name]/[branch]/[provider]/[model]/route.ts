import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { getVariant } from '#lib/services/variants/get.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'

export const GET = route(projectEndpoints.getVariant, (caller, { params, query }) =>
  getVariant(caller, { ...params, ...query }),
)

export const DELETE = route(projectEndpoints.removeVariant, (caller, { params, query }) =>
  removeVariant(caller, { ...params, ...query }),
)

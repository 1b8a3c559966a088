import { nameParams, ownerQuery } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { getProject } from '#lib/services/variants/list.ts'
import { removeProject } from '#lib/services/variants/remove.ts'

export const GET = route({
  params: nameParams,
  query: ownerQuery,
  run: (caller, { params, query }) => getProject(caller, { ...params, ...query }),
})

export const DELETE = route({
  params: nameParams,
  query: ownerQuery,
  run: (caller, { params, query }) => removeProject(caller, { ...params, ...query }),
})

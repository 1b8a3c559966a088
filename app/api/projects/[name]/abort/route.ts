import { nameParams, ownerQuery } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { abortProject } from '#lib/services/generations/abort.ts'

export const POST = route({
  params: nameParams,
  query: ownerQuery,
  run: (caller, { params, query }) => abortProject(caller, { ...params, ...query }),
})

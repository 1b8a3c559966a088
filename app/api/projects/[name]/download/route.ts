import { archiveResponse } from '#lib/http/archive-response.ts'
import { nameParams, ownerQuery } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { downloadProject } from '#lib/services/variants/download.ts'

export const GET = route({
  params: nameParams,
  query: ownerQuery,
  run: async (caller, { params, query }) => archiveResponse(await downloadProject(caller, { ...params, ...query })),
})

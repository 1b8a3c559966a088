import { downloadResponse } from '#lib/http/download-response.ts'
import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { downloadVariant } from '#lib/services/variants/download.ts'

export const GET = route(projectEndpoints.downloadVariant, async (caller, { params, query }) =>
  downloadResponse(await downloadVariant(caller, { ...params, ...query })),
)

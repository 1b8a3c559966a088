import { downloadResponse } from '#lib/http/download-response.ts'
import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { downloadProject } from '#lib/services/variants/download.ts'

export const GET = route(projectEndpoints.downloadProject, async (caller, { params, query }) =>
  downloadResponse(await downloadProject(caller, { ...params, ...query })),
)

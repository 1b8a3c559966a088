import { archiveResponse } from '#lib/http/archive-response.ts'
import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { downloadProject } from '#lib/services/variants/download.ts'

export const GET = route(projectEndpoints.downloadProject, async (caller, { params, query }) =>
  archiveResponse(await downloadProject(caller, { ...params, ...query })),
)

import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { jsonText, route } from '#lib/http/route.ts'
import { listProjectsText } from '#lib/services/variants/list-text.ts'

export const GET = route(projectEndpoints.listStatus, async (caller) => jsonText(await listProjectsText(caller)))

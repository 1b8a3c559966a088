import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { jsonBytes, route } from '#lib/http/route.ts'
import { listProjectsBytes } from '#lib/services/variants/list-bytes.ts'

export const GET = route(projectEndpoints.listStatus, async (caller) => jsonBytes(await listProjectsBytes(caller)))

import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { listProjects } from '#lib/services/variants/list.ts'

export const GET = route(projectEndpoints.listStatus, listProjects)

import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { getCost } from '#lib/services/variants/list.ts'

export const GET = route(projectEndpoints.getCost, getCost)

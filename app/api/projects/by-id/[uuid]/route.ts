import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { getVariantById } from '#lib/services/variants/get.ts'

export const GET = route(projectEndpoints.getVariantById, (caller, { params }) => getVariantById(caller, params.uuid))

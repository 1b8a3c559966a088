import { administrationEndpoints } from '#lib/http/endpoints/administration.ts'
import { route } from '#lib/http/route.ts'
import { getSettings } from '#lib/services/admin/settings.ts'

export const GET = route(administrationEndpoints.getSettings, getSettings)

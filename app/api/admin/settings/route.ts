import { route } from '#lib/http/route.ts'
import { getSettings } from '#lib/services/admin/settings.ts'

export const GET = route({ run: (caller) => getSettings(caller) })

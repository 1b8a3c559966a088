import { route } from '#lib/http/route.ts'
import { presentMe } from '#lib/services/sessions/me.ts'

export const GET = route({ run: presentMe })

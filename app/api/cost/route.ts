import { route } from '#lib/http/route.ts'
import { getCost } from '#lib/services/variants/list.ts'

export const GET = route({ run: (caller) => getCost(caller) })

import { route } from '#lib/http/route.ts'
import { listProjects } from '#lib/services/variants/list.ts'

export const GET = route({ run: (caller) => listProjects(caller) })

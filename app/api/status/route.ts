import { route } from '#lib/http/route.ts'
import { listProjects } from '#lib/services/variants/list.ts'

/** The same as GET /api/projects, under its older name. */
export const GET = route({ run: (caller) => listProjects(caller) })

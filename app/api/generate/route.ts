import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { startGeneration } from '#lib/services/generations/start.ts'

export const POST = route(projectEndpoints.generate, (caller, { body }) => startGeneration(caller, body))

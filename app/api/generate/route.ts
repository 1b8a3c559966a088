import { generateRequestSchema } from '#lib/domain/requests.ts'
import { json, route } from '#lib/http/route.ts'
import { startGeneration } from '#lib/services/generations/start.ts'

export const POST = route({
  body: generateRequestSchema,
  run: async (caller, { body }) => json(await startGeneration(caller, body), { status: 202 }),
})

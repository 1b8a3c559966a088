import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { route } from '#lib/http/route.ts'
import { listRunEvents } from '#lib/services/variants/history.ts'

export const GET = route(projectEndpoints.listRunEvents, (caller, { params, query: { after, owner } }) => {
  const { run_id: runId, ...variant } = params
  return listRunEvents(caller, { ...variant, owner }, { runId, after })
})

import { eventsQuery, runParams } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { listRunEvents } from '#lib/services/variants/history.ts'

export const GET = route({
  params: runParams,
  query: eventsQuery,
  run: (caller, { params: { run_id, ...variant }, query: { after, owner } }) =>
    listRunEvents(caller, { ...variant, owner }, { runId: run_id, after }),
})

import type { ActiveRunRow } from '#db/queries/queue.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { config } from '#lib/config.ts'
import type { QueuedRun, QueueResponse } from '#lib/domain/admin.ts'
import { activeInOrder } from '#lib/jobs/queue.ts'

/** What runs and what waits on this server, of all users. */
export async function getQueue(caller: Principal): Promise<QueueResponse> {
  needPermission(caller, 'server.inspect')
  const { running, waiting } = await activeInOrder()
  const { maxConcurrentRuns, maxRunsPerUser } = config()
  return {
    running: running.map(presentActiveRun),
    waiting: waiting.map(presentActiveRun),
    max_concurrent_runs: maxConcurrentRuns,
    max_runs_per_user: maxRunsPerUser,
  }
}

function presentActiveRun(run: ActiveRunRow): QueuedRun {
  return {
    run_id: run.id,
    generation_id: run.variantId,
    owner: run.owner,
    name: run.name,
    branch: run.branch,
    ai_provider: run.provider,
    ai_model: run.model,
    repo_type: run.repoType,
    force: run.force,
    trigger: run.trigger,
    requested_by: run.requestedBy,
    queued_at: run.queuedAt,
    started_at: run.startedAt,
    current_stage: run.currentStage,
    page_count: run.writtenPages,
    total_pages: run.plannedPages,
  }
}

import { randomUUID } from 'node:crypto'
import type { RunEvent } from '#lib/domain/run-events.ts'
import type { ServerEvents } from '#lib/events.ts'

type Progress = ServerEvents['run_progress']

/** What a run of `owner`'s project tells, each time of another variant unless one is given. */
export function progressEvent(
  owner: string,
  name: string,
  changes: Partial<Progress> & { event?: RunEvent } = {},
): Progress {
  const { event = { kind: 'stage_started', stage: 'planning' }, ...rest } = changes
  return {
    identity: { owner, name, branch: 'main', provider: 'builtin', model: 'static' },
    generationId: randomUUID(),
    runId: randomUUID(),
    recorded: { seq: 1, at: new Date().toISOString(), event },
    changed: {},
    ...rest,
  }
}

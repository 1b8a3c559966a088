import type { Job, Tools } from '#lib/domain/job.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { Stage } from '#lib/domain/stages.ts'
import { type Steered, steered } from '#lib/steering/read-steering.ts'

/** What is asked of this run, and the files it is about. What cannot be followed becomes warnings of the run. */
export async function steerRun(
  job: Pick<Job, 'steering'>,
  { progress }: Pick<Tools, 'progress'>,
  { snapshot, stage }: { snapshot: Snapshot; stage: Stage },
): Promise<Omit<Steered, 'notices'>> {
  const { notices, ...found } = await steered(snapshot, job.steering ?? {})
  for (const message of notices) progress({ kind: 'warning', message, stage })
  return found
}

import type { Facts } from '#lib/domain/facts.ts'
import { type Job, type Planned, projectTitle, type Tools } from '#lib/domain/job.ts'
import { tokensUsed } from '#lib/domain/run-events.ts'
import type { Stage } from '#lib/domain/stages.ts'
import type { Steering } from '#lib/domain/steering.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { readArrangement, writeArrangement } from '#lib/variant-folder.ts'

/** The plan of this run as its writer wants it, with what the writer keeps for the next one. Notices become warnings of the run. */
export async function settlePlan(
  job: Pick<Job, 'source' | 'projectName' | 'repoType' | 'variantDir' | 'force'>,
  { writer, signal, progress }: Tools,
  { facts, steering, stage }: { facts: Facts; steering: Steering; stage: Stage },
): Promise<Pick<Planned, 'plan' | 'isStandIn'>> {
  const projectName = projectTitle(job, facts)
  const drafted = await writer.plan({ facts, projectName, repoType: job.repoType ?? undefined })
  const { plan, kept, notices, isStandIn } = await writer.arrange({
    facts,
    plan: drafted,
    steering,
    kept: job.force ? null : await readArrangement(job.variantDir),
    mayAsk: true,
    spent: (usage) => progress(tokensUsed(null, usage)),
    signal,
  })
  throwIfAborted(signal)
  for (const message of notices) progress({ kind: 'warning', message, stage })
  // Before the plan: an answer that was paid for is not asked for again, whatever happens to this run.
  if (kept !== null) await writeArrangement(job.variantDir, kept)
  return { plan, isStandIn }
}

import type { Facts } from '#lib/domain/facts.ts'
import { factsFolder } from '#lib/domain/folders.ts'
import { type Job, stageProgress, type Tools } from '#lib/domain/job.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'

interface Reading {
  snapshot: Snapshot
  stage: 'planning' | 'incremental_planning'
}

/** Facts of a snapshot, with what earlier runs found kept beside them; what was not read, and why, is a warning each. */
export async function readFacts(job: Job, tools: Tools, { snapshot, stage }: Reading): Promise<Facts> {
  const facts = await extractFacts({
    snapshot,
    name: job.projectName,
    signal: tools.signal,
    cacheDir: factsFolder(job.storeDir),
    progress: stageProgress(tools, stage),
  })
  for (const message of facts.limits) tools.progress({ kind: 'warning', message, stage })
  return facts
}

import type { Job, Outcome, Tools } from '#lib/domain/job.ts'
import { type RunRecord, stageEntrance } from '#lib/enter-stage.ts'
import { abortError, isAbort, messageFor } from '#lib/errors.ts'
import { type Cloned, clone } from '#lib/stages/cloning.ts'
import { crossLink } from '#lib/stages/cross-linking.ts'
import { writePages } from '#lib/stages/generating-pages.ts'
import { updatePlan } from '#lib/stages/incremental-planning.ts'
import { makePlan } from '#lib/stages/planning.ts'
import { render } from '#lib/stages/rendering.ts'
import { validate } from '#lib/stages/validating.ts'

/**
 * One run, from repository to site. Never throws: failure and abort are outcomes. An unexpected error is handed to
 * `onUnexpected` with its cause, because people only see a neutral sentence.
 */
export async function runPipeline(job: Job, given: Tools, onUnexpected?: (error: unknown) => void): Promise<Outcome> {
  const startedMs = performance.now()
  const run = stageEntrance(given)
  let result: Pick<Outcome, 'status'> & Partial<Outcome>
  try {
    result = await generate(job, run)
  } catch (error) {
    const aborted = given.signal.aborted || isAbort(error)
    if (!aborted) onUnexpected?.(error)
    result = { status: aborted ? 'aborted' : 'error', message: messageFor(aborted ? abortError() : error) }
  }
  return { ...nothingYet(run.record), ...result, durationMs: Math.round(performance.now() - startedMs) }
}

async function generate(job: Job, { enter, polish, tools, record }: ReturnType<typeof stageEntrance>) {
  const cloned = await enter('cloning', () => clone(job, tools))
  if (cloned.upToDate) return alreadyUpToDate(cloned.upToDate, cloned.siteDir)
  const { snapshot } = cloned
  const drafted =
    cloned.earlier.fullReason === null
      ? await enter('incremental_planning', () => updatePlan(job, tools, cloned))
      : await enter('planning', () => makePlan(job, tools, cloned))
  const { pages, planned } = await enter('generating_pages', () =>
    writePages(job, tools, { planned: drafted, snapshot }),
  )
  const unchecked = { pages, checks: [] }
  const checked = await polish('validating', unchecked, () => validate(job, tools, { planned, pages, snapshot }))
  const linked = await polish('cross_linking', checked.pages, () =>
    crossLink(job, tools, { planned, pages: checked.pages }),
  )
  const { warnings } = record
  const rendered = await enter('rendering', () =>
    render(job, tools, { planned, pages: linked, checks: checked.checks, snapshot, warnings }),
  )
  const { branch } = snapshot
  return { status: 'ready', branch, repoType: planned.plan.repo_type, ...rendered } as const
}

function alreadyUpToDate(ready: NonNullable<Cloned['upToDate']>, siteDir: string) {
  return {
    status: 'ready',
    upToDate: true,
    branch: ready.branch,
    repoType: ready.repo_type,
    pageCount: ready.page_count,
    totalPages: ready.total_pages,
    warnings: ready.warnings,
    siteDir,
  } as const
}

function nothingYet(record: RunRecord): Omit<Outcome, 'status' | 'durationMs'> {
  return { ...record, upToDate: false, branch: null, repoType: null, siteDir: null, message: null }
}

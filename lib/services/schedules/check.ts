import type { NamedSchedule } from '#db/queries/schedules.ts'
import { findVariantById, type StoredVariant } from '#db/queries/variants.ts'
import { storedCredential } from '#lib/auth/repository-credentials.ts'
import type { CheckResult } from '#lib/domain/schedules.ts'
import { isAbort, isDocsfyError, messageFor } from '#lib/errors.ts'
import { askRemoteHead } from '#lib/jobs/remote-head.ts'
import { allowedRepository, refreshVariant } from '#lib/services/refresh/refresh-variant.ts'

export interface CheckOutcome {
  result: CheckResult
  /** For people: one sentence. */
  message: string
}

/**
 * Asks the remote of a scheduled variant where its branch ends, and generates the variant again when that is not what was
 * documented last. Null when the variant is gone. Throws when `signal` is aborted or the database cannot be used.
 */
export async function checkBranch(schedule: NamedSchedule, signal: AbortSignal): Promise<CheckOutcome | null> {
  const variant = await findVariantById(schedule.variantId)
  if (!variant) return null
  if (variant.status === 'generating') return { result: 'generating', message: 'It was being generated at that time' }
  try {
    await allowedRepository(variant)
    const credential = variant.kind === 'url' ? await storedCredential(variant) : null
    const commit = await askRemoteHead(variant, { credential, signal })
    if (!hasMoved(variant, commit))
      return { result: 'unchanged', message: `${variant.branch} is still at ${short(commit)}` }
    await refreshVariant(variant, 'schedule')
    return { result: 'started', message: movement(variant, commit) }
  } catch (error) {
    if (isAbort(error) || isUnavailable(error)) throw error
    return { result: 'failed', message: messageFor(error) }
  }
}

/** The database or disk failed, not the repository: that is no outcome of the check, which is made again. */
function isUnavailable(error: unknown): boolean {
  return isDocsfyError(error) && error.code === 'unavailable'
}

/** A commit that cannot be told from its short id is one a person named; it never moves. */
function hasMoved({ lastCommitSha }: StoredVariant, commit: string | null): boolean {
  return lastCommitSha === null || (commit !== null && commit !== lastCommitSha)
}

function movement({ branch, lastCommitSha }: StoredVariant, commit: string | null): string {
  if (lastCommitSha === null) return `Nothing of ${branch} was documented yet: a generation was started`
  return `${branch} moved from ${short(lastCommitSha)} to ${short(commit)}: a generation was started`
}

function short(commit: string | null): string {
  return commit?.slice(0, 12) ?? 'the same commit'
}

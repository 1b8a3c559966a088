import { cachedPages, readReady } from '#lib/variant-folder.ts'
import type { Earlier } from './decide-update.ts'

interface EarlierRequest {
  variantDir: string
  force: boolean
  /** Whether a commit is still among the objects of the repository. */
  hasCommit: (commit: string) => boolean
}

/** What the last run left, and why, if so, nothing of it can stand. */
export async function earlierRun({ variantDir, force, hasCommit }: EarlierRequest): Promise<Earlier> {
  const commit = (await readReady(variantDir))?.commit ?? null
  const cached = await cachedPages(variantDir)
  if (cached === 'none') return { commit, fullReason: 'there are no pages of an earlier run' }
  if (force) return { commit, fullReason: 'it was asked for' }
  if (cached === 'unreadable')
    return { commit, fullReason: 'the plan of the last run has the format of another version of docsfy' }
  if (commit !== null && !hasCommit(commit)) {
    const fullReason = `the commit of the last run, ${commit.slice(0, 7)}, is no longer in the repository`
    return { commit, fullReason }
  }
  return { commit, fullReason: null }
}

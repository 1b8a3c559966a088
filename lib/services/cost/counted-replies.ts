import { type StoredReplies, storedReplies } from '#lib/ai/reply-store.ts'
import { remember } from '#lib/remember.ts'

/** There may be tens of thousands of files, each of which has to be asked for its size. */
const COUNTED_FOR_MS = 300_000

interface Count {
  folder: string
  atMs: number
  /** Of those who ask in the meantime, too. */
  counting: Promise<StoredReplies>
}

/** How many replies are kept, counted no more than five minutes ago. */
export async function countedReplies(folder: string, now = Date.now): Promise<StoredReplies> {
  const held = remember('counted-replies', (): { last: Count | null } => ({ last: null }))
  const { last } = held
  const isFresh = last?.folder === folder && now() - last.atMs < COUNTED_FOR_MS
  const count = isFresh ? last : { folder, atMs: now(), counting: storedReplies(folder) }
  held.last = count
  return await count.counting
}

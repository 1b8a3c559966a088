import { setTimeout as wait } from 'node:timers/promises'
import { log } from '#lib/log.ts'

const RETRY_MS = 1000

/** Repeats a write until the database takes it, so that a full disk or a lock delays a run but loses nothing of it. */
export async function persist<Value>(signal: AbortSignal, store: () => Promise<Value>): Promise<Value | null> {
  while (!signal.aborted) {
    try {
      return await store()
    } catch (error) {
      log.error('a run could not be recorded; trying again', { error })
      await wait(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
  return null
}

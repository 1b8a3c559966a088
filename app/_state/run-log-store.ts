import { completeUpTo, mergeEvents } from '#lib/domain/event-list.ts'
import type { RecordedEvent } from '#lib/domain/run-events.ts'

type Listener = () => void

const NOTHING: readonly RecordedEvent[] = []

export type RunLogStore = ReturnType<typeof createRunLogStore>

/** Recorded events by run, from the feed and from the server's record, outside React. */
export function createRunLogStore() {
  const events = new Map<string, readonly RecordedEvent[]>()
  const listeners = new Map<string, Set<Listener>>()

  return {
    add(runId: string, more: readonly RecordedEvent[]): void {
      const known = events.get(runId) ?? NOTHING
      const merged = mergeEvents(known, more)
      if (merged === known) return
      events.set(runId, merged)
      for (const listener of listeners.get(runId) ?? []) listener()
    },
    events: (runId: string) => events.get(runId) ?? NOTHING,
    /** Where to continue reading the server's record. */
    completeUpTo: (runId: string) => completeUpTo(events.get(runId) ?? NOTHING),
    subscribe(runId: string, listener: Listener): () => void {
      const heard = listeners.get(runId) ?? new Set()
      listeners.set(runId, heard.add(listener))
      return () => heard.delete(listener)
    },
  }
}

import type { RecordedEvent } from '#lib/domain/run-events.ts'

/** Adds events to a run's list, by `seq`: known ones are dropped, order is kept. Returns the same array when nothing is new. */
export function mergeEvents(known: readonly RecordedEvent[], more: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const seen = new Set(known.map(({ seq }) => seq))
  const fresh = more.filter(({ seq }) => !seen.has(seq))
  return fresh.length === 0 ? known : [...known, ...fresh].sort((left, right) => left.seq - right.seq)
}

/** The highest `seq` below which nothing is missing; 0 when the first event is. */
export function completeUpTo(events: readonly RecordedEvent[]): number {
  let last = 0
  for (const { seq } of events) {
    if (seq !== last + 1) break
    last = seq
  }
  return last
}

import type { RecordedEvent, RunEvent } from '#lib/domain/run-events.ts'

interface Reading {
  /** The events after `after`, oldest first; possibly not all of them at once. */
  fetchAfter(after: number): Promise<RecordedEvent[]>
  hear(event: RunEvent): void
}

/** Hands on the events of one run in order and once each, whatever order and holes they arrive with. */
export function runEventReader({ fetchAfter, hear }: Reading) {
  let last = 0
  let early: RecordedEvent[] = []
  let fetching: Promise<void> | null = null

  function take(recorded: RecordedEvent): void {
    if (recorded.seq <= last) return
    if (recorded.seq > last + 1 || fetching) {
      early.push(recorded)
      void catchUp()
      return
    }
    last = recorded.seq
    hear(recorded.event)
  }

  /** Fetches what is missing. A failure is not told: the events that have arrived are handed on all the same. */
  function catchUp(): Promise<void> {
    fetching ??= fetchAll()
      .catch(() => {})
      .then(() => {
        fetching = null
        const held = early.sort((left, right) => left.seq - right.seq)
        early = []
        for (const recorded of held) handOn(recorded)
      })
    return fetching
  }

  async function fetchAll(): Promise<void> {
    for (;;) {
      const events = await fetchAfter(last)
      if (events.length === 0) return
      for (const recorded of events) handOn(recorded)
    }
  }

  function handOn({ seq, event }: RecordedEvent): void {
    if (seq <= last) return
    last = seq
    hear(event)
  }

  return { take, catchUp }
}

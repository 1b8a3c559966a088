import type { RecordedEvent } from '#lib/domain/run-events.ts'
import type { RunRef, ServerEvents } from '#lib/events.ts'
import { REAL_TIMERS, type Timers } from '#lib/live/timers.ts'

/** About ten frames a second for each variant. */
const INTERVAL_MS = 100
/** A frame with this many events is sent without waiting for more. */
const MAX_EVENTS = 100

type Progress = ServerEvents['run_progress']

/** What a run told since its frame before: the newest value of each field, and every event. */
export interface ProgressBatch extends RunRef {
  events: RecordedEvent[]
  changed: Progress['changed']
}

export interface Coalescer {
  push(event: Progress): void
  /** Sends what waits of a variant now; after its end, or before another run, nothing of it may come later. */
  flush(generationId: string): void
  /** Forgets what waits of variants that are gone. */
  drop(generationIds: string[]): void
  stop(): void
}

interface Window {
  waiting: ProgressBatch | null
  cancel: () => void
}

/** Thins out the progress of each variant: the first event goes at once, those of the next 100 ms in one batch. */
export function createCoalescer(send: (batch: ProgressBatch) => void, timers: Timers = REAL_TIMERS): Coalescer {
  const windows = new Map<string, Window>()

  function open(generationId: string): void {
    windows.set(generationId, { waiting: null, cancel: timers.after(INTERVAL_MS, () => elapsed(generationId)) })
  }

  function elapsed(generationId: string): void {
    const waiting = close(generationId)
    if (!waiting) return
    open(generationId)
    send(waiting)
  }

  function close(generationId: string): ProgressBatch | null {
    const window = windows.get(generationId)
    window?.cancel()
    windows.delete(generationId)
    return window?.waiting ?? null
  }

  return {
    push(event) {
      const { generationId } = event
      const window = windows.get(generationId)
      if (!window) {
        open(generationId)
        send(batchOf(event))
        return
      }
      window.waiting = window.waiting ? merge(window.waiting, event) : batchOf(event)
      if (window.waiting.events.length >= MAX_EVENTS) elapsed(generationId)
    },
    flush(generationId) {
      const waiting = close(generationId)
      if (waiting) send(waiting)
    },
    drop(generationIds) {
      for (const generationId of generationIds) close(generationId)
    },
    stop() {
      for (const { cancel } of windows.values()) cancel()
      windows.clear()
    },
  }
}

function batchOf({ recorded, ...event }: Progress): ProgressBatch {
  return { ...event, events: [recorded] }
}

function merge(batch: ProgressBatch, { recorded, changed }: Progress): ProgressBatch {
  batch.events.push(recorded)
  return { ...batch, changed: { ...batch.changed, ...changed } }
}

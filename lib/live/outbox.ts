import type { SharedFrame } from '#lib/live/shared-frame.ts'
import { REAL_TIMERS, type Timers } from '#lib/live/timers.ts'
import type { Viewer } from '#lib/live/viewer.ts'

/** Nobody sees so short a wait, and a write to a socket costs far more than the bytes in it. */
const GATHER_MS = 5

export interface Outbox {
  /** Tells viewers of an event. */
  post(audience: Iterable<Viewer>, frame: SharedFrame): void
  stop(): void
}

/** Sends a frame at once, and those that follow within 5 ms together, in one write to each socket. */
export function createOutbox(timers: Timers = REAL_TIMERS): Outbox {
  const waiting = new Set<Viewer>()
  let cancel: (() => void) | null = null

  function gather(): void {
    cancel = timers.after(GATHER_MS, elapsed)
  }

  function elapsed(): void {
    cancel = null
    if (waiting.size === 0) return
    gather()
    for (const viewer of waiting) viewer.flush()
    waiting.clear()
  }

  return {
    post(audience, frame) {
      const isGathering = cancel !== null
      if (!isGathering) gather()
      for (const viewer of audience) {
        viewer.tell(frame)
        if (isGathering) waiting.add(viewer)
        else viewer.flush()
      }
    },
    stop() {
      cancel?.()
      waiting.clear()
    },
  }
}

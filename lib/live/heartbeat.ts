import { REAL_TIMERS, type Timers } from '#lib/live/timers.ts'

const MAX_MISSED = 2

export interface Beat {
  pingEveryMs: number
  pongWithinMs: number
}
export const REAL_BEAT: Beat = { pingEveryMs: 30_000, pongWithinMs: 10_000 }

export interface Heartbeat {
  /** The peer has answered. */
  pong(): void
  stop(): void
}

/** Pings again and again; a peer that leaves two pings in a row unanswered in time is dead, and nothing follows. */
export function startHeartbeat(
  { ping, dead }: { ping: () => void; dead: () => void },
  { pingEveryMs, pongWithinMs }: Beat = REAL_BEAT,
  timers: Timers = REAL_TIMERS,
): Heartbeat {
  let missed = 0
  let forgetDeadline = () => {}
  let forgetNext = timers.after(pingEveryMs, beat)

  function beat(): void {
    forgetNext = timers.after(pingEveryMs, beat)
    forgetDeadline = timers.after(pongWithinMs, miss)
    ping()
  }

  function miss(): void {
    missed += 1
    if (missed < MAX_MISSED) return
    stop()
    dead()
  }

  function stop(): void {
    forgetNext()
    forgetDeadline()
  }

  return {
    pong() {
      missed = 0
      forgetDeadline()
    },
    stop,
  }
}

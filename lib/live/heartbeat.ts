import { REAL_TIMERS, type Timers } from '#lib/live/timers.ts'

const PING_EVERY_MS = 30_000
const PONG_WITHIN_MS = 10_000
const MAX_MISSED = 2

export interface Heartbeat {
  /** The peer has answered. */
  pong(): void
  stop(): void
}

/** Pings every 30 s; a peer that leaves two pings in a row unanswered for 10 s is dead, and nothing follows. */
export function startHeartbeat(
  { ping, dead }: { ping: () => void; dead: () => void },
  timers: Timers = REAL_TIMERS,
): Heartbeat {
  let missed = 0
  let forgetDeadline = () => {}
  let forgetNext = timers.after(PING_EVERY_MS, beat)

  function beat(): void {
    forgetNext = timers.after(PING_EVERY_MS, beat)
    forgetDeadline = timers.after(PONG_WITHIN_MS, miss)
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

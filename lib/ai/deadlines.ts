import type { AiFailure, CallLimits } from '#lib/domain/ai.ts'

type Timeout = Extract<AiFailure['code'], `timeout_${string}`>

export interface Deadlines {
  /** A sign of life: the next one is due within the idle limit. */
  touch(): void
  stop(): void
}

/** Watches one call: `onTimeout` is called once, with the limit that was reached first. */
export function watchDeadlines(limits: CallLimits, onTimeout: (code: Timeout) => void): Deadlines {
  // First, so that it also decides where another limit is just as long.
  const wall = setTimeout(() => expire('timeout_wall'), limits.wallMs)
  let quiet = setTimeout(() => expire('timeout_start'), limits.startMs)
  let over = false

  function expire(code: Timeout): void {
    if (over) return
    stop()
    onTimeout(code)
  }
  function stop(): void {
    over = true
    clearTimeout(quiet)
    clearTimeout(wall)
  }
  return {
    touch() {
      if (over) return
      clearTimeout(quiet)
      quiet = setTimeout(() => expire('timeout_idle'), limits.idleMs)
    },
    stop,
  }
}

/** The failure that tells of a limit, in seconds as they are set. */
export function timeoutFailure(code: Timeout, { startMs, idleMs, wallMs }: CallLimits): AiFailure {
  const seconds = (ms: number) => Math.round(ms / 100) / 10
  const message = {
    timeout_start: `no sign of life within ${seconds(startMs)} s`,
    timeout_idle: `nothing came for ${seconds(idleMs)} s`,
    timeout_wall: `no answer within ${seconds(wallMs)} s; AI_CALL_TIMEOUT_SECONDS sets this limit`,
  }[code]
  return { kind: 'fail', code, message, retryable: code !== 'timeout_wall' }
}

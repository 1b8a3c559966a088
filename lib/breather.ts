import { setImmediate } from 'node:timers/promises'
import { throwIfAborted } from '#lib/errors.ts'

const MAX_BUSY_MS = 20

/** Await it between pieces of work that never wait by themselves. */
export type Breather = () => Promise<void>

/** Lets timers and messages through every 20 ms, and throws `aborted` once the signal is, so that busy work can be stopped. */
export function breather(signal: AbortSignal): Breather {
  let since = performance.now()
  return async () => {
    throwIfAborted(signal)
    if (performance.now() - since < MAX_BUSY_MS) return
    await setImmediate()
    throwIfAborted(signal)
    since = performance.now()
  }
}

import pLimit from 'p-limit'
import type { AiProvider } from '#lib/domain/providers.ts'

/** A process takes hundreds of megabytes, and vendors slow down who asks more at once. */
const PROCESSES = 3
/** One that is answered and one that is read: what else waits in Ollama's own queue only runs out of time there. */
const LOCAL_CALLS = 2

/** Calls of a provider a run makes at once; the pages written at once are the limit where it is missing. */
const AT_ONCE: Partial<Record<AiProvider, number>> = {
  claude: PROCESSES,
  gemini: PROCESSES,
  cursor: PROCESSES,
  codex: PROCESSES,
  ollama: LOCAL_CALLS,
}

/** Waits until another call may be made, or this one is cancelled; what it answers gives the place back. */
export type Places = (signal: AbortSignal) => Promise<() => void>

/** The places of a provider's calls, in the order in which they are asked for. */
export function placesOf(provider: AiProvider): Places {
  const limit = pLimit(AT_ONCE[provider] ?? Number.POSITIVE_INFINITY)
  return async (signal) => {
    const { promise: over, resolve: release } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    void limit(() => {
      begin()
      return over
    })
    // One signal goes through all calls of a run: what listens to it must go when the call does.
    const onAbort = () => begin()
    signal.addEventListener('abort', onAbort, { once: true })
    if (!signal.aborted) await begun
    signal.removeEventListener('abort', onAbort)
    return release
  }
}

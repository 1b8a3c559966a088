import type { Leave, MostOfCall, Purse } from '#lib/domain/budgets.ts'
import { abortError } from '#lib/errors.ts'
import type { FromWorker } from '#lib/jobs/messages.ts'

/** The purse of a worker process: the server, which knows what all runs together have spent, says what may be spent. */
export function askedPurse(
  send: (message: FromWorker) => void,
): Purse & { answered: (id: number, refusal: string | null) => void } {
  const waiting = new Map<number, (leave: Leave) => void>()
  let last = 0
  return {
    reserve: (most: MostOfCall, signal: AbortSignal) => {
      last += 1
      const id = last
      const { promise, resolve, reject } = Promise.withResolvers<Leave>()
      const onAbort = () => {
        waiting.delete(id)
        reject(abortError())
      }
      waiting.set(id, (leave) => {
        signal.removeEventListener('abort', onAbort)
        resolve(leave)
      })
      if (signal.aborted) {
        waiting.delete(id)
        return Promise.reject(abortError())
      }
      signal.addEventListener('abort', onAbort, { once: true })
      send({ type: 'reserve', id, most })
      return promise
    },
    answered(id, refusal) {
      const settle = waiting.get(id)
      const release = () => send({ type: 'release', id })
      waiting.delete(id)
      if (settle) settle(refusal === null ? { release } : { refusal })
      // Whoever asked has been aborted meanwhile, and nobody else would give it back before the run is over.
      else if (refusal === null) release()
    },
  }
}

import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Principal } from '#lib/auth/authenticate.ts'
import type { EstimateResponse } from '#lib/domain/estimate-answer.ts'
import { abortError, throwIfAborted } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'
import { estimateGeneration } from '#lib/services/generations/estimate.ts'
import type { StartRequest } from '#lib/services/generations/start.ts'

/** Proxies cut an answer off that takes longer than a minute, some after 30 s, strict ones after 5 s. */
const ANSWER_MS = 4000
/** An estimate that nobody asks for any more is ended, and its answer forgotten, after this time. */
const KEPT_MS = 30_000

interface Asked {
  request: StartRequest
  signal: AbortSignal
  answerMs?: number
  keptMs?: number
}

interface Kept {
  key: string
  username: string
  answer: Promise<EstimateResponse>
  stop: AbortController
  /** Requests that wait for the answer now. */
  waiting: number
  forgetting?: NodeJS.Timeout
}

/**
 * What a generation would write and need; null while that is still being found out: whoever asks for the same again goes on
 * waiting. It ends when its last client leaves, or no longer comes back. Throws as estimateGeneration does.
 */
export async function askEstimate(
  caller: Principal,
  { request, signal, answerMs = ANSWER_MS, keptMs = KEPT_MS }: Asked,
): Promise<EstimateResponse | null> {
  throwIfAborted(signal)
  const all = remember('kept-estimates', () => new Set<Kept>())
  const key = createHash('sha256')
    .update(JSON.stringify([caller.username, request]))
    .digest('hex')
  const known = [...all].find((one) => one.key === key && !one.stop.signal.aborted)
  const estimate = known ?? begun(all, key, { caller, request })
  clearTimeout(estimate.forgetting)
  estimate.waiting += 1
  let isOver = true
  try {
    const answer = await within(estimate.answer, answerMs, signal)
    isOver = answer !== null
    return answer
  } finally {
    estimate.waiting -= 1
    if (estimate.waiting === 0) {
      if (isOver) estimate.stop.abort()
      else estimate.forgetting = setTimeout(() => estimate.stop.abort(), keptMs).unref()
    }
  }
}

/** Takes the place of what the same user asked before and has left, when that has ended. */
function begun(all: Set<Kept>, key: string, { caller, request }: { caller: Principal; request: StartRequest }): Kept {
  const { username } = caller
  const stop = new AbortController()
  const left = [...all].filter((one) => one.username === username && one.waiting === 0)
  for (const one of left) one.stop.abort()
  const answer = Promise.allSettled(left.map((one) => one.answer)).then(
    async () => await estimateGeneration(caller, request, stop.signal),
  )
  const estimate = { key, username, answer, stop, waiting: 0 }
  all.add(estimate)
  // Stopped ones are known until their process has ended.
  stop.signal.addEventListener('abort', () => {
    const forget = () => void all.delete(estimate)
    answer.then(forget, forget)
  })
  // It may fail while nobody waits.
  answer.catch(() => undefined)
  return estimate
}

/** Null when it takes longer. Throws the abort error. */
async function within<T>(promise: Promise<T>, ms: number, signal: AbortSignal): Promise<T | null> {
  const over = new AbortController()
  const late = sleep(ms, null, { signal: AbortSignal.any([signal, over.signal]) }).catch(() => {
    throw abortError()
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    over.abort()
  }
}

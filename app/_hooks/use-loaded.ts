import { useCallback, useEffect, useState } from 'react'
import { detailOf } from '#lib/api-client.ts'

export interface Loaded<Answer> {
  /** Null until the first answer. */
  answer: Answer | null
  problem: string | null
  /** Asks again; what was there stays until the new answer has come. */
  reload: () => void
}

/** Asks the server once, and again on demand or every `everyMs`. `ask` must keep its identity. */
export function useLoaded<Answer>(ask: () => Promise<Answer>, everyMs?: number): Loaded<Answer> {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [turn, setTurn] = useState(0)
  const reload = useCallback(() => setTurn((before) => before + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    let left = false
    ask().then(
      (next) => {
        if (left) return
        setAnswer(next)
        setProblem(null)
      },
      (error: unknown) => left || setProblem(detailOf(error)),
    )
    return () => {
      left = true
    }
  }, [ask, turn])

  useEffect(() => {
    if (everyMs === undefined) return
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, reload])

  return { answer, problem, reload }
}

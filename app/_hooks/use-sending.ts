import { useState } from 'react'
import { ApiError, detailOf } from '#lib/api-client.ts'

/** Runs one request at a time and keeps the sentence of the last failure. Resolves to true when it worked. */
export function useSending() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function send(work: () => Promise<void>): Promise<boolean> {
    setBusy(true)
    setProblem(null)
    try {
      await work()
      return true
    } catch (error) {
      setProblem(sentence(error))
      return false
    } finally {
      setBusy(false)
    }
  }

  return { busy, problem, send }
}

function sentence(error: unknown): string {
  if (!(error instanceof ApiError) || error.issues.length === 0) return detailOf(error)
  return [error.detail, ...error.issues.map(({ path, message }) => (path ? `${path}: ${message}` : message))].join(
    ' · ',
  )
}

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { RunLogStore } from '#app/_state/run-log-store.ts'
import { type ApiClient, detailOf } from '#lib/api-client.ts'
import { type RunLog, runLog } from '#lib/domain/run-log.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

/** A shorter answer is the last one. */
const SMALLEST_PIECE = 100

export interface LoadedRunLog {
  log: RunLog
  /** False until the server's record has been read once. */
  loaded: boolean
  /** Why the record could not be read, or null. */
  problem: string | null
}

/** The log of the variant's latest run: the server's record, completed by the feed as it arrives. */
export function useRunLog(row: VariantRow): LoadedRunLog {
  const { api, logs } = useDashboard()
  const [outcome, setOutcome] = useState<{ runId: string; problem: string | null } | null>(null)
  const runId = row.run_id ?? ''
  const subscribe = useCallback((listener: () => void) => logs.subscribe(runId, listener), [logs, runId])
  const read = useCallback(() => logs.events(runId), [logs, runId])
  const events = useSyncExternalStore(subscribe, read, read)
  const missing = events.length > 0 && logs.completeUpTo(runId) < (events.at(-1)?.seq ?? 0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new status, a newer row or a gap means that there is more to read
  useEffect(() => {
    if (!runId) return
    const leaving = new AbortController()
    readRecord({ api, logs, row, runId, signal: leaving.signal }).then(
      () => setOutcome({ runId, problem: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setOutcome({ runId, problem: detailOf(error) })
      },
    )
    return () => leaving.abort()
  }, [api, logs, runId, row.status, row.updated_at, missing])

  const log = useMemo(() => {
    const ended = row.status === 'generating' ? null : row.status
    return runLog(events, { currentStage: row.current_stage, planJson: row.plan_json, ended })
  }, [events, row.current_stage, row.plan_json, row.status])
  const mine = outcome?.runId === runId ? outcome : null
  return { log, loaded: !runId || mine !== null || events.length > 0, problem: mine?.problem ?? null }
}

interface Reading {
  api: ApiClient
  logs: RunLogStore
  row: VariantRow
  runId: string
  signal: AbortSignal
}

/** Reads the record to its end; the server gives it in pieces. */
async function readRecord({ api, logs, row, runId, signal }: Reading): Promise<void> {
  for (;;) {
    const after = logs.completeUpTo(runId)
    const { events } = await api.runEvents({ identity: identityOf(row), runId, after, signal })
    logs.add(runId, events)
    if (events.length === 0 || logs.completeUpTo(runId) <= after || events.length < SMALLEST_PIECE) return
  }
}

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { RunLogStore } from '#app/_state/run-log-store.ts'
import { type ApiClient, detailOf } from '#lib/api-client.ts'
import { type RunContext, type RunLog, runLog } from '#lib/domain/run-log.ts'
import type { RunRow } from '#lib/domain/runs.ts'
import { TERMINAL_STATUSES, UP_TO_DATE } from '#lib/domain/stages.ts'
import { identityOf, type VariantIdentity, type VariantRow } from '#lib/domain/variant.ts'

/** A shorter answer is the last one. */
const SMALLEST_PIECE = 100

/** The run whose log is shown. */
export interface ShownRun extends RunContext {
  identity: VariantIdentity
  /** Empty while there is none yet. */
  runId: string
  /** Another value means that there may be more to read. */
  version: string
}

export function latestRun(row: VariantRow): ShownRun {
  return {
    identity: identityOf(row),
    runId: row.run_id ?? '',
    version: `${row.status} ${row.updated_at}`,
    currentStage: row.current_stage,
    planJson: row.plan_json,
    ended: row.status === 'generating' ? null : row.status,
  }
}

export function earlierRun(row: VariantRow, run: RunRow): ShownRun {
  return {
    identity: identityOf(row),
    runId: run.run_id,
    version: run.state,
    currentStage: run.up_to_date ? UP_TO_DATE : null,
    planJson: null,
    ended: TERMINAL_STATUSES.find((status) => status === run.state) ?? null,
  }
}

export interface LoadedRunLog {
  log: RunLog
  /** False until the server's record has been read once. */
  loaded: boolean
  /** Why the record could not be read, or null. */
  problem: string | null
}

/** The log of a run: the server's record, completed by the feed as it arrives. */
export function useRunLog({ identity, runId, version, currentStage, planJson, ended }: ShownRun): LoadedRunLog {
  const { api, logs } = useDashboard()
  const [outcome, setOutcome] = useState<{ runId: string; problem: string | null } | null>(null)
  const subscribe = useCallback((listener: () => void) => logs.subscribe(runId, listener), [logs, runId])
  const read = useCallback(() => logs.events(runId), [logs, runId])
  const events = useSyncExternalStore(subscribe, read, read)
  const missing = events.length > 0 && logs.completeUpTo(runId) < (events.at(-1)?.seq ?? 0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the identity belongs to the run; another version or a gap means that there is more to read
  useEffect(() => {
    if (!runId) return
    const leaving = new AbortController()
    readRecord({ api, logs, identity, runId, signal: leaving.signal }).then(
      () => setOutcome({ runId, problem: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setOutcome({ runId, problem: detailOf(error) })
      },
    )
    return () => leaving.abort()
  }, [api, logs, runId, version, missing])

  const log = useMemo(() => runLog(events, { currentStage, planJson, ended }), [events, currentStage, planJson, ended])
  const mine = outcome?.runId === runId ? outcome : null
  return { log, loaded: !runId || mine !== null || events.length > 0, problem: mine?.problem ?? null }
}

interface Reading {
  api: ApiClient
  logs: RunLogStore
  identity: VariantIdentity
  runId: string
  signal: AbortSignal
}

/** Reads the record to its end; the server gives it in pieces. */
async function readRecord({ api, logs, identity, runId, signal }: Reading): Promise<void> {
  for (;;) {
    const after = logs.completeUpTo(runId)
    const { events } = await api.runEvents({ identity, runId, after, signal })
    logs.add(runId, events)
    if (events.length === 0 || logs.completeUpTo(runId) <= after || events.length < SMALLEST_PIECE) return
  }
}

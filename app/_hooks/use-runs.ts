import { useEffect, useState } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { detailOf } from '#lib/api-client.ts'
import type { RunRow } from '#lib/domain/runs.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

export interface LoadedRuns {
  /** Newest first; null while loading, or when it failed. */
  runs: RunRow[] | null
  problem: string | null
}

/** All runs of a variant; read again when one starts or ends. */
export function useRuns(row: VariantRow): LoadedRuns {
  const { api } = useDashboard()
  const [loaded, setLoaded] = useState<LoadedRuns>({ runs: null, problem: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: other changes of the row are no news about its runs
  useEffect(() => {
    const leaving = new AbortController()
    api.runs(identityOf(row), leaving.signal).then(
      ({ runs }) => setLoaded({ runs, problem: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setLoaded((before) => ({ ...before, problem: detailOf(error) }))
      },
    )
    return () => leaving.abort()
  }, [api, row.generation_id, row.run_id, row.status])
  return loaded
}

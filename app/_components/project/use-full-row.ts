import { useEffect, useState } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { detailOf } from '#lib/api-client.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

/** The row with its plan, which lists leave out for variants that are not generating. Read again when its run or status changes. */
export function useFullRow(row: VariantRow): { full: VariantRow | null; problem: string | null } {
  const { api } = useDashboard()
  const [loaded, setLoaded] = useState<{ full: VariantRow | null; problem: string | null }>({
    full: null,
    problem: null,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: other changes of the row leave its plan as it is
  useEffect(() => {
    let left = false
    api.variant(identityOf(row)).then(
      (full) => left || setLoaded({ full, problem: null }),
      (error: unknown) => left || setLoaded({ full: null, problem: detailOf(error) }),
    )
    return () => {
      left = true
    }
  }, [api, row.generation_id, row.run_id, row.status])
  return loaded
}

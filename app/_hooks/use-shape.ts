import { useSyncExternalStore } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { VariantRow } from '#lib/domain/variant.ts'

/** All rows; renders again only when one came, went or changed its status. Their page counts may be old. */
export function useShape(): readonly VariantRow[] {
  const { variants } = useDashboard()
  return useSyncExternalStore(variants.subscribeShape, variants.shape, variants.shape)
}

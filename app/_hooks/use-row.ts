import { useCallback, useSyncExternalStore } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { VariantRow } from '#lib/domain/variant.ts'

/** The row of one variant, or null; renders again only when that row changes. */
export function useRow(key: string): VariantRow | null {
  const { variants } = useDashboard()
  const subscribe = useCallback((listener: () => void) => variants.subscribeRow(key, listener), [variants, key])
  const read = useCallback(() => variants.row(key), [variants, key])
  return useSyncExternalStore(subscribe, read, read)
}

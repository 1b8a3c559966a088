import { useCallback, useSyncExternalStore } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { Wish } from '#app/_state/variant-store.ts'

/** What was asked for this variant and is not confirmed yet. */
export function useWish(key: string): Wish | null {
  const { variants } = useDashboard()
  const subscribe = useCallback((listener: () => void) => variants.subscribeRow(key, listener), [variants, key])
  const read = useCallback(() => variants.wished(key), [variants, key])
  return useSyncExternalStore(subscribe, read, read)
}

import { useSyncExternalStore } from 'react'
import type { TreeFilter } from '#app/_components/tree/filter-rows.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

/** What the tree is narrowed to, and how to change it. */
export function useFilter(): [TreeFilter, (fields: Partial<TreeFilter>) => void] {
  const { filter } = useDashboard()
  return [useSyncExternalStore(filter.subscribe, filter.read, filter.read), filter.change]
}

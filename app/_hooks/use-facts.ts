import { useSyncExternalStore } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { ProjectsResponse } from '#lib/domain/variant.ts'

/** What the server says besides the rows: known models, known branches, total cost. */
export function useFacts(): ProjectsResponse {
  const { variants } = useDashboard()
  return useSyncExternalStore(variants.subscribeFacts, variants.facts, variants.facts)
}

'use client'

import { createContext, useContext } from 'react'
import type { DialogRequest } from '#app/_state/dialog-request.ts'
import type { FilterStore } from '#app/_state/filter-store.ts'
import type { RunLogStore } from '#app/_state/run-log-store.ts'
import type { VariantStore } from '#app/_state/variant-store.ts'
import type { ApiClient } from '#lib/api-client.ts'
import type { MeResponse } from '#lib/domain/responses.ts'

/** What every part of the dashboard works with. None of it changes while the page lives. */
export interface DashboardTools {
  viewer: MeResponse
  /** Where the page was opened, which is all the server's render knows of the address bar. */
  address: string
  api: ApiClient
  variants: VariantStore
  logs: RunLogStore
  filter: FilterStore
  /** Keys of variants started from this page that the feed may not have delivered yet. */
  expected: Set<string>
  /** Fetches the list once. */
  refetch: () => void
  /** Opens a dialog; one is open at a time. */
  ask: (dialog: DialogRequest) => void
}

export const DashboardContext = createContext<DashboardTools | null>(null)

/** Throws outside of the dashboard. */
export function useDashboard(): DashboardTools {
  const tools = useContext(DashboardContext)
  if (!tools) throw new Error('useDashboard works only inside <Dashboard>')
  return tools
}

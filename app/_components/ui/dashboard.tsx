'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { DialogHost } from '#app/_components/dialogs/dialog-host.tsx'
import { filterIn } from '#app/_components/tree/filter-address.ts'
import { Header } from '#app/_components/ui/header.tsx'
import { KeyHost } from '#app/_components/ui/key-host.tsx'
import { MainPanel } from '#app/_components/ui/main-panel.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'
import { Sidebar } from '#app/_components/ui/sidebar.tsx'
import { SidebarDrawer } from '#app/_components/ui/sidebar-drawer.tsx'
import { Toaster } from '#app/_components/ui/toaster.tsx'
import { useLiveFeed } from '#app/_hooks/use-live-feed.ts'
import { followHistory, subscribeAddress } from '#app/_state/address.ts'
import { DashboardContext } from '#app/_state/dashboard-context.tsx'
import type { DialogRequest } from '#app/_state/dialog-request.ts'
import { createFilterStore, type FilterStore } from '#app/_state/filter-store.ts'
import { createRunLogStore } from '#app/_state/run-log-store.ts'
import { fetchOrLogin } from '#app/_state/session-end.ts'
import { shareStyleNonce } from '#app/_state/style-nonce.ts'
import { createVariantStore } from '#app/_state/variant-store.ts'
import { createApiClient } from '#lib/api-client.ts'
import type { MeResponse } from '#lib/domain/responses.ts'
import type { ProjectsResponse } from '#lib/domain/variant.ts'

interface Props {
  viewer: MeResponse
  initial: ProjectsResponse
  /** The path that was asked for, with its query. */
  address: string
}

/** The whole dashboard, from what the server knew when it rendered the page; the feed takes over from there. */
export function Dashboard({ viewer, initial, address }: Props) {
  const [stores] = useState(() => ({
    api: createApiClient({ fetch: fetchOrLogin }),
    variants: createVariantStore(initial),
    logs: createRunLogStore(),
    filter: createFilterStore(filterIn(new URLSearchParams(address.split('?')[1]))),
    expected: new Set<string>(),
  }))
  useEffect(shareStyleNonce, [])
  const { connection, refetch } = useLiveFeed(stores)
  useHistory(stores.filter)
  const [dialog, setDialog] = useState<DialogRequest | null>(null)
  const tools = useMemo(
    () => ({ viewer, address, refetch, ask: setDialog, ...stores }),
    [viewer, address, refetch, stores],
  )
  const main = useRef<HTMLElement>(null)
  const [drawerOpen, setDrawerOpen] = useState(false)

  return (
    <DashboardContext value={tools}>
      <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[3.25rem_minmax(0,1fr)]">
        <Header connection={connection}>
          <SidebarDrawer open={drawerOpen} onOpenChange={setDrawerOpen}>
            <Sidebar onChosen={() => setDrawerOpen(false)} />
          </SidebarDrawer>
        </Header>
        <div className="grid min-h-0 md:grid-cols-[19rem_minmax(0,1fr)]">
          <aside aria-label="Browse" className="hidden min-h-0 border-line border-r md:block">
            <Sidebar onChosen={stay} />
          </aside>
          <main ref={main} id="main" tabIndex={-1} className="min-h-0 overflow-y-auto outline-none">
            <PanelBoundary name="detail view">
              <MainPanel scroller={main} />
            </PanelBoundary>
          </main>
        </div>
      </div>
      <PanelBoundary key={dialog?.kind} name="dialog">
        <DialogHost dialog={dialog} onClose={() => setDialog(null)} />
      </PanelBoundary>
      <KeyHost dialogOpen={dialog !== null || drawerOpen} />
      <Toaster />
    </DashboardContext>
  )
}

/** Back and forward lead to places and to what the list showed there. */
function useHistory(filter: FilterStore): void {
  useEffect(() => {
    filter.followAddress()
    const unfollow = followHistory()
    const unsubscribe = subscribeAddress(filter.followAddress)
    return () => {
      unfollow()
      unsubscribe()
    }
  }, [filter])
}

function stay(): void {}

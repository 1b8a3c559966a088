'use client'

import { useMemo, useState } from 'react'
import { DialogHost } from '#app/_components/dialogs/dialog-host.tsx'
import { Header } from '#app/_components/ui/header.tsx'
import { MainPanel } from '#app/_components/ui/main-panel.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'
import { ShortcutKeys } from '#app/_components/ui/shortcut-keys.tsx'
import { Sidebar } from '#app/_components/ui/sidebar.tsx'
import { SidebarDrawer } from '#app/_components/ui/sidebar-drawer.tsx'
import { ToastHost } from '#app/_components/ui/toast-host.tsx'
import { useLiveFeed } from '#app/_hooks/use-live-feed.ts'
import { DashboardContext } from '#app/_state/dashboard-context.tsx'
import type { DialogRequest } from '#app/_state/dialog-request.ts'
import { createFilterStore } from '#app/_state/filter-store.ts'
import { createRunLogStore } from '#app/_state/run-log-store.ts'
import { fetchOrLogin } from '#app/_state/session-end.ts'
import { createVariantStore } from '#app/_state/variant-store.ts'
import { createApiClient } from '#lib/api-client.ts'
import type { MeResponse } from '#lib/domain/requests.ts'
import type { ProjectsResponse } from '#lib/domain/variant.ts'

interface Props {
  viewer: MeResponse
  initial: ProjectsResponse
}

/** The whole dashboard, from what the server knew when it rendered the page; the feed takes over from there. */
export function Dashboard({ viewer, initial }: Props) {
  const [stores] = useState(() => ({
    api: createApiClient({ fetch: fetchOrLogin }),
    variants: createVariantStore(initial),
    logs: createRunLogStore(),
    filter: createFilterStore(),
    expected: new Set<string>(),
  }))
  const { connection, refetch } = useLiveFeed(stores)
  const [dialog, setDialog] = useState<DialogRequest | null>(null)
  const tools = useMemo(() => ({ viewer, refetch, ask: setDialog, ...stores }), [viewer, refetch, stores])
  const [drawerOpen, setDrawerOpen] = useState(false)

  return (
    <DashboardContext value={tools}>
      <div className="grid h-dvh grid-rows-[3.25rem_minmax(0,1fr)]">
        <Header connection={connection}>
          <SidebarDrawer open={drawerOpen} onOpenChange={setDrawerOpen}>
            <Sidebar onChosen={() => setDrawerOpen(false)} />
          </SidebarDrawer>
        </Header>
        <div className="grid min-h-0 md:grid-cols-[19rem_minmax(0,1fr)]">
          <aside aria-label="Browse" className="hidden min-h-0 border-line border-r md:block">
            <Sidebar onChosen={stay} />
          </aside>
          <main id="main" tabIndex={-1} className="min-h-0 overflow-y-auto outline-none">
            <PanelBoundary name="detail view">
              <MainPanel />
            </PanelBoundary>
          </main>
        </div>
      </div>
      <PanelBoundary key={dialog?.kind} name="dialog">
        <DialogHost dialog={dialog} onClose={() => setDialog(null)} />
      </PanelBoundary>
      <ShortcutKeys dialogOpen={dialog !== null || drawerOpen} />
      <ToastHost />
    </DashboardContext>
  )
}

function stay(): void {}

'use client'

import { useMemo, useState } from 'react'
import { LazyGenerateDialog } from '#app/_components/generate/lazy-dialogs.tsx'
import { Header } from '#app/_components/ui/header.tsx'
import { MainPanel } from '#app/_components/ui/main-panel.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'
import { Sidebar } from '#app/_components/ui/sidebar.tsx'
import { SidebarDrawer } from '#app/_components/ui/sidebar-drawer.tsx'
import { ToastHost } from '#app/_components/ui/toast-host.tsx'
import { useLiveFeed } from '#app/_hooks/use-live-feed.ts'
import { DashboardContext } from '#app/_state/dashboard-context.tsx'
import { createRunLogStore } from '#app/_state/run-log-store.ts'
import { showToast } from '#app/_state/toasts.ts'
import { createVariantStore } from '#app/_state/variant-store.ts'
import { createApiClient, detailOf } from '#lib/api-client.ts'
import type { MeResponse } from '#lib/domain/requests.ts'
import type { ProjectsResponse } from '#lib/domain/variant.ts'

interface Props {
  viewer: MeResponse
  initial: ProjectsResponse
}

/** The whole dashboard, from what the server knew when it rendered the page; the feed takes over from there. */
export function Dashboard({ viewer, initial }: Props) {
  const [stores] = useState(() => ({
    api: createApiClient(),
    variants: createVariantStore(initial),
    logs: createRunLogStore(),
    expected: new Set<string>(),
  }))
  const { connection, refetch } = useLiveFeed(stores)
  const tools = useMemo(() => ({ viewer, refetch, ...stores }), [viewer, refetch, stores])
  const [asking, setAsking] = useState(false)
  const [drawerOpen, setDrawerOpen] = useState(false)

  function askForNew() {
    setDrawerOpen(false)
    setAsking(true)
  }

  async function logout() {
    try {
      await stores.api.logout()
      window.location.assign('/login')
    } catch (error) {
      showToast('error', detailOf(error))
    }
  }

  return (
    <DashboardContext value={tools}>
      <div className="grid h-dvh grid-rows-[3.25rem_minmax(0,1fr)]">
        <Header viewer={viewer} connection={connection} onLogout={logout}>
          <SidebarDrawer open={drawerOpen} onOpenChange={setDrawerOpen}>
            <Sidebar onNew={askForNew} onChosen={() => setDrawerOpen(false)} />
          </SidebarDrawer>
        </Header>
        <div className="grid min-h-0 md:grid-cols-[19rem_minmax(0,1fr)]">
          <aside aria-label="Browse" className="hidden min-h-0 border-line border-r md:block">
            <Sidebar onNew={askForNew} onChosen={() => undefined} />
          </aside>
          <main id="main" tabIndex={-1} className="min-h-0 overflow-y-auto outline-none">
            <PanelBoundary name="detail view">
              <MainPanel onNew={askForNew} />
            </PanelBoundary>
          </main>
        </div>
      </div>
      {asking && <LazyGenerateDialog onClose={() => setAsking(false)} />}
      <ToastHost />
    </DashboardContext>
  )
}

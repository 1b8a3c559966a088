'use client'

import dynamic from 'next/dynamic'
import { memo, type RefObject } from 'react'
import { StartingDetail } from '#app/_components/detail/starting-detail.tsx'
import { PanelSkeleton } from '#app/_components/ui/panel-skeleton.tsx'
import { useFirstPress } from '#app/_hooks/use-first-press.ts'
import { usePlace, useSelectedKey } from '#app/_hooks/use-place.ts'
import { usePlaceScroll } from '#app/_hooks/use-place-scroll.ts'
import { useRow } from '#app/_hooks/use-row.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { Place } from '#lib/domain/deep-link.ts'

const importOverview = () => import('#app/_components/ui/overview.tsx')
const importEmptyState = () => import('#app/_components/ui/empty-state.tsx')
const Overview = dynamic(importOverview, { loading: PanelSkeleton })
const EmptyState = dynamic(importEmptyState, { loading: PanelSkeleton })
const MissingDetail = dynamic(() => import('#app/_components/detail/missing-detail.tsx'), { loading: PanelSkeleton })
const NothingHere = dynamic(() => import('#app/_components/detail/nothing-here.tsx'), { loading: PanelSkeleton })
const VariantDetail = dynamic(() => import('#app/_components/detail/variant-detail.tsx'), { loading: PanelSkeleton })
const ChangesPanel = dynamic(() => import('#app/_components/changes/changes-panel.tsx'), { loading: PanelSkeleton })
const ProjectPanel = dynamic(() => import('#app/_components/project/project-panel.tsx'), { loading: PanelSkeleton })
const CredentialsPanel = dynamic(() => import('#app/_components/credentials/credentials-panel.tsx'), {
  loading: PanelSkeleton,
})
const CostPanel = dynamic(() => import('#app/_components/cost/cost-panel.tsx'), { loading: PanelSkeleton })
const AdminPanel = dynamic(() => import('#app/_components/admin/admin-panel.tsx'), { loading: PanelSkeleton })

/**
 * What the address names: a variant, a project, an admin screen, one's tokens, or the overview of all. What changes around
 * it does not render it again: before its code has arrived that would replace what the server rendered by a skeleton.
 */
export const MainPanel = memo(Panel)

function Panel({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const { viewer } = useDashboard()
  const place = usePlace()
  useFirstPress(prepareStart)
  usePlaceScroll(scroller, JSON.stringify({ ...place, page: null }))
  if (place?.kind === 'overview') return <Start />
  if (place?.kind === 'variant') return <Variant place={place} />
  if (place?.kind === 'project') return <ProjectPanel place={place} />
  if (place?.kind === 'admin' && viewer.is_admin) return <AdminPanel screen={place.screen} />
  if (place?.kind === 'credentials') return <CredentialsPanel />
  if (place?.kind === 'cost') return <CostPanel />
  return <NothingHere />
}

/** A deletion leads to the start at once, even when the server has gone: its code must be there before. */
function prepareStart(): void {
  for (const load of [importOverview, importEmptyState]) load().catch(() => undefined)
}

function Start() {
  return useShape().length === 0 ? <EmptyState /> : <Overview />
}

function Variant({ place }: { place: Extract<Place, { kind: 'variant' }> }) {
  const { expected } = useDashboard()
  const key = useSelectedKey()
  const row = useRow(key ?? '')
  if (row && place.compared) return <ChangesPanel row={row} {...place.compared} />
  if (row) return <VariantDetail key={key} row={row} runId={place.run} page={place.page} />
  if (key !== null && expected.has(key)) return <StartingDetail link={place.link} />
  return <MissingDetail link={place.link} />
}

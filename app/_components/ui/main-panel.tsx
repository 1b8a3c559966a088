'use client'

import dynamic from 'next/dynamic'
import { MissingDetail, NothingHere, StartingDetail } from '#app/_components/detail/detail-placeholders.tsx'
import { EmptyState } from '#app/_components/ui/empty-state.tsx'
import { Overview } from '#app/_components/ui/overview.tsx'
import { PanelSkeleton } from '#app/_components/ui/panel-skeleton.tsx'
import { usePlace, useSelectedKey } from '#app/_hooks/use-place.ts'
import { useRow } from '#app/_hooks/use-row.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { Place } from '#lib/domain/deep-link.ts'

const VariantDetail = dynamic(() => import('#app/_components/detail/variant-detail.tsx'), { loading: PanelSkeleton })
const ProjectPanel = dynamic(() => import('#app/_components/project/project-panel.tsx'), { loading: PanelSkeleton })
const AdminPanel = dynamic(() => import('#app/_components/admin/admin-panel.tsx'), { loading: PanelSkeleton })

/** What the address names: a variant, a project, an admin screen, or the overview of all. */
export function MainPanel() {
  const { viewer } = useDashboard()
  const place = usePlace()
  if (place?.kind === 'overview') return <Start />
  if (place?.kind === 'variant') return <Variant place={place} />
  if (place?.kind === 'project') return <ProjectPanel place={place} />
  if (place?.kind === 'admin' && viewer.is_admin) return <AdminPanel screen={place.screen} />
  return <NothingHere />
}

function Start() {
  return useShape().length === 0 ? <EmptyState /> : <Overview />
}

function Variant({ place }: { place: Extract<Place, { kind: 'variant' }> }) {
  const { expected } = useDashboard()
  const key = useSelectedKey()
  const row = useRow(key ?? '')
  if (row) return <VariantDetail key={key} row={row} runId={place.run} page={place.page} />
  if (key !== null && expected.has(key)) return <StartingDetail link={place.link} />
  return <MissingDetail link={place.link} />
}

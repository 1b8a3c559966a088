'use client'

import { ActivityLog } from '#app/_components/detail/activity-log.tsx'
import { DetailActions } from '#app/_components/detail/detail-actions.tsx'
import { InfoGrid } from '#app/_components/detail/info-grid.tsx'
import { OutcomeMessage } from '#app/_components/detail/outcome-message.tsx'
import { PageProgress } from '#app/_components/detail/page-progress.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'
import { StatusBadge } from '#app/_components/ui/status-badge.tsx'
import { usePageTitle } from '#app/_hooks/use-page-title.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

/** Everything about one variant. */
export function VariantDetail({ row }: { row: VariantRow }) {
  usePageTitle(`${row.name} @${row.branch}`)
  return (
    <article aria-labelledby="variant-name" className="mx-auto max-w-5xl px-4 py-6 md:px-8 md:py-8">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 id="variant-name" className="min-w-0 break-words font-semibold text-xl tracking-tight">
              {row.name}
            </h1>
            <span className="break-all font-mono text-ink-soft">@{row.branch}</span>
            <StatusBadge status={row.status} />
          </div>
          <p className="mt-1 break-all font-mono text-ink-faint text-xs">
            {row.ai_provider}/{row.ai_model}
          </p>
        </div>
        <DetailActions row={row} />
      </header>
      <div className="mt-6 grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">
          <OutcomeMessage row={row} />
          <PageProgress row={row} />
          <PanelBoundary name="activity log">
            <ActivityLog row={row} />
          </PanelBoundary>
        </div>
        <PanelBoundary name="details">
          <InfoGrid row={row} />
        </PanelBoundary>
      </div>
    </article>
  )
}

'use client'

import { Plus, Search } from 'lucide-react'
import { useDeferredValue, useRef } from 'react'
import { TreeFilters } from '#app/_components/tree/tree-filters.tsx'
import { VariantTree } from '#app/_components/tree/variant-tree.tsx'
import { AdminLinks } from '#app/_components/ui/admin-links.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { useFacts } from '#app/_hooks/use-facts.ts'
import { useFilter } from '#app/_hooks/use-filter.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { costText } from '#lib/domain/cost-text.ts'
import { COST_HREF } from '#lib/domain/deep-link.ts'

/** New generation, search, filters, tree and, for admins, the way to their screens. */
export function Sidebar({ onChosen }: { onChosen: () => void }) {
  const { viewer, ask } = useDashboard()
  const rows = useShape()
  const [filter] = useFilter()
  const shownFilter = useDeferredValue(filter)
  const scroller = useRef<HTMLElement>(null)
  const { total_cost_usd: cost_usd, unpriced_calls } = useFacts()

  function askForNew() {
    onChosen()
    ask({ kind: 'generate' })
  }

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 p-3">
        {viewer.role !== 'viewer' && (
          <Button kind="primary" onClick={askForNew}>
            <Plus aria-hidden="true" />
            New generation
          </Button>
        )}
        {rows.length > 0 && (
          <>
            <SearchField />
            <PanelBoundary name="filters">
              <TreeFilters />
            </PanelBoundary>
          </>
        )}
      </div>
      <nav ref={scroller} aria-label="Documentation sets" className="min-h-0 flex-1 overflow-y-auto px-2">
        <PanelBoundary name="list">
          {rows.length > 0 && <VariantTree filter={shownFilter} scroller={scroller} onChosen={onChosen} />}
        </PanelBoundary>
      </nav>
      {(cost_usd > 0 || unpriced_calls > 0) && (
        <PlaceLink
          href={COST_HREF}
          onFollowed={onChosen}
          className="border-line border-t px-4 py-2 text-ink-faint text-xs tabular-nums underline-offset-2 hover:underline"
        >
          Cost of all generations: {costText({ cost_usd, unpriced_calls })}
        </PlaceLink>
      )}
      {viewer.is_admin && <AdminLinks onChosen={onChosen} />}
    </div>
  )
}

function SearchField() {
  const [filter, change] = useFilter()
  return (
    <label className="relative block">
      <span className="sr-only">Search documentation sets</span>
      <Search aria-hidden="true" className="absolute top-2.5 left-2.5 size-4 text-ink-faint" />
      <input
        type="search"
        data-search
        value={filter.search}
        onChange={(event) => change({ search: event.target.value })}
        placeholder="Search"
        className="h-9 w-full rounded-md border border-line-strong bg-surface pr-2 pl-8 text-[0.8125rem] pointer-coarse:text-base placeholder:text-ink-faint"
      />
    </label>
  )
}

'use client'

import { Plus, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { VariantTree } from '#app/_components/tree/variant-tree.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'
import { useFacts } from '#app/_hooks/use-facts.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

interface Props {
  onNew: () => void
  onChosen: () => void
}

/** New generation, search and tree. */
export function Sidebar({ onNew, onChosen }: Props) {
  const { viewer } = useDashboard()
  const rows = useShape()
  const [search, setSearch] = useState('')
  const deferredSearch = useDeferredValue(search)
  const cost = useFacts().total_cost_usd

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 p-3">
        {viewer.role !== 'viewer' && (
          <Button kind="primary" onClick={onNew}>
            <Plus aria-hidden="true" />
            New generation
          </Button>
        )}
        {rows.length > 0 && (
          <label className="relative block">
            <span className="sr-only">Search documentation sets</span>
            <Search aria-hidden="true" className="absolute top-2.5 left-2.5 size-4 text-ink-faint" />
            <input
              type="search"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              placeholder="Search"
              className="h-9 w-full rounded-md border border-line-strong bg-surface pr-2 pl-8 text-[0.8125rem] placeholder:text-ink-faint"
            />
          </label>
        )}
      </div>
      <nav aria-label="Documentation sets" className="min-h-0 flex-1 overflow-y-auto px-2">
        <PanelBoundary name="list">
          {rows.length > 0 && <VariantTree search={deferredSearch} onChosen={onChosen} />}
        </PanelBoundary>
      </nav>
      {cost > 0 && (
        <p className="border-line border-t px-4 py-2 text-ink-faint text-xs tabular-nums">
          Cost of all generations: ${cost.toFixed(2)}
        </p>
      )}
    </div>
  )
}

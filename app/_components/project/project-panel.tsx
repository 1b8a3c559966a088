'use client'

import { Columns2, Plus, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { mayChange } from '#app/_components/detail/may-change.ts'
import { ComparePanel } from '#app/_components/project/compare-panel.tsx'
import { VariantTable } from '#app/_components/project/variant-table.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'
import { usePageTitle } from '#app/_hooks/use-page-title.ts'
import { selectNothing, useLinkedProject } from '#app/_hooks/use-place.ts'
import { goTo } from '#app/_state/address.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { type Place, projectHref } from '#lib/domain/deep-link.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

const SteeringSection = dynamic(() => import('#app/_components/project/steering-section.tsx'))
const HookSection = dynamic(() => import('#app/_components/refresh/hook-section.tsx'))

/** All variants of a project, two of them side by side when the address says so. */
export default function ProjectPanel({ place }: { place: Extract<Place, { kind: 'project' }> }) {
  usePageTitle(place.name)
  const rows = useLinkedProject(place)
  const [left, right] = place.compared.map((id) => rows.find((row) => row.generation_id === id))
  if (rows.length === 0) return <MissingProject name={place.name} />
  if (left && right) return <ComparePanel left={left} right={right} rows={rows} />
  return <Project rows={rows} />
}

function Project({ rows }: { rows: VariantRow[] }) {
  const { viewer, ask } = useDashboard()
  const [chosen, setChosen] = useState<string[]>([])
  const [first] = rows
  if (!first) return null
  return (
    <article aria-labelledby="project-name" className="mx-auto max-w-5xl px-4 py-6 md:px-8 md:py-8">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 id="project-name" className="break-words font-semibold text-xl tracking-tight">
            {viewer.is_admin ? `${first.owner}/${first.name}` : first.name}
          </h1>
          <p className="mt-1 break-all font-mono text-ink-faint text-xs">{first.repo_url}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {rows.length > 1 && (
            <Button disabled={chosen.length !== 2} onClick={() => goTo(projectHref(first, chosen))}>
              <Columns2 aria-hidden="true" />
              Compare two
            </Button>
          )}
          {first.owner === viewer.username && viewer.role !== 'viewer' && (
            <Button onClick={() => ask({ kind: 'generate', address: first.repo_url, branch: first.branch })}>
              <Plus aria-hidden="true" />
              New variant
            </Button>
          )}
          {mayChange(first.owner, viewer) && (
            <Button
              kind="danger"
              disabled={rows.some((row) => row.status === 'generating')}
              title={rows.some((row) => row.status === 'generating') ? 'Abort what is generating first' : undefined}
              onClick={() => ask({ kind: 'delete_project', rows })}
            >
              <Trash2 aria-hidden="true" />
              Delete project
            </Button>
          )}
        </div>
      </header>
      <p className="mt-4 text-ink-soft">
        {rows.length > 1
          ? 'Tick two variants to see them side by side.'
          : 'With a second variant, of another branch or by another model, you can see both side by side.'}
      </p>
      <VariantTable rows={rows} chosen={chosen} onChoose={rows.length > 1 ? setChosen : null} />
      {mayChange(first.owner, viewer) && (
        <PanelBoundary name="wishes">
          <SteeringSection owner={first.owner} name={first.name} />
        </PanelBoundary>
      )}
      {mayChange(first.owner, viewer) && (
        <PanelBoundary name="push hook">
          <HookSection owner={first.owner} name={first.name} rows={rows} />
        </PanelBoundary>
      )}
    </article>
  )
}

function MissingProject({ name }: { name: string }) {
  return (
    <div className="mx-auto max-w-xl px-4 py-16 md:px-8">
      <h1 className="font-semibold text-lg">This project is not here</h1>
      <p className="mt-2 mb-5 text-ink-soft">
        <span className="break-words font-medium text-ink">{name}</span> was deleted, or it belongs to somebody who has
        not given you access.
      </p>
      <Button onClick={selectNothing}>Go to the overview</Button>
    </div>
  )
}

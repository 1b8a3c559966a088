'use client'

import { ArrowLeft } from 'lucide-react'
import { useCallback } from 'react'
import { ChangeList } from '#app/_components/changes/change-list.tsx'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { usePageTitle } from '#app/_hooks/use-page-title.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { ChangesResponse } from '#lib/domain/changes.ts'
import { variantHref } from '#lib/domain/deep-link.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

interface Props {
  row: VariantRow
  /** Ids of runs. */
  from: string
  to: string
}

/** What changed between two runs of a variant, for those who use the repository. */
export default function ChangesPanel({ row, from, to }: Props) {
  usePageTitle(`What changed in ${row.name}`)
  const { api } = useDashboard()
  const { owner, name, branch, ai_provider: provider, ai_model: model } = row
  const ask = useCallback(
    () => api.changes({ owner, name, branch, provider, model }, { from, to }),
    [api, owner, name, branch, provider, model, from, to],
  )
  const { answer, problem } = useLoaded(ask)
  return (
    <article aria-labelledby="changes-heading" className="mx-auto max-w-5xl px-4 py-6 md:px-8 md:py-8">
      <PlaceLink
        href={variantHref(identityOf(row))}
        className="inline-flex items-center gap-1.5 text-accent text-xs hover:underline"
      >
        <ArrowLeft aria-hidden="true" className="size-3.5" />
        {row.name} @{row.branch}
      </PlaceLink>
      <h1 id="changes-heading" className="mt-2 mb-2 break-words font-semibold text-xl tracking-tight">
        What changed
      </h1>
      <Problem text={problem} />
      {!answer && !problem && <div role="status" aria-label="Loading the changes" className="skeleton h-24" />}
      {answer && (
        <>
          <p className="mb-6 text-ink-soft">
            From <Run run={answer.from} /> to <Run run={answer.to} />
          </p>
          <ChangeList changes={answer.changes} total={answer.total} />
          {answer.left_out > 0 && (
            <p className="mt-4 text-ink-soft">
              {answer.left_out} names are more than a run keeps: what was added or removed among them is not told.
            </p>
          )}
        </>
      )}
    </article>
  )
}

function Run({ run }: { run: ChangesResponse['from'] }) {
  return (
    <>
      <code className="font-mono">{run.commit.slice(0, 8)}</code>
      {run.finished_at && (
        <>
          {' ('}
          <TimeAgo iso={run.finished_at} />)
        </>
      )}
    </>
  )
}

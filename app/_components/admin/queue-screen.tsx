'use client'

import { useCallback } from 'react'
import { ListTable, Loading } from '#app/_components/admin/list-table.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { QueuedRun } from '#lib/domain/admin.ts'
import { variantHref } from '#lib/domain/deep-link.ts'
import { waitingText } from '#lib/domain/run-events.ts'
import { STAGE_LABELS, type Stage } from '#lib/domain/stages.ts'
import { variantKey } from '#lib/domain/variant.ts'

const EVERY_MS = 3_000

/** What runs and what waits, of all users. */
export function QueueScreen() {
  const { api } = useDashboard()
  const { answer, problem } = useLoaded(
    useCallback(() => api.queue(), [api]),
    EVERY_MS,
  )
  if (!answer) return <Loading problem={problem} />
  const { running, waiting, max_concurrent_runs: places, max_runs_per_user: perUser } = answer
  return (
    <>
      {problem && <Loading problem={problem} />}
      <p className="mb-6 max-w-prose text-ink-soft">
        {running.length} of {places} {places === 1 ? 'place is' : 'places are'} taken; one user may take {perUser}. Set
        by MAX_CONCURRENT_RUNS, MAX_RUNS_PER_USER and MAX_RUNS_PER_PROVIDER. Users take turns.
      </p>
      <RunTable title="Running" runs={running} none="Nothing runs." />
      <RunTable title="Waiting" runs={waiting} none="Nothing waits." />
    </>
  )
}

function RunTable({ title, runs, none }: { title: string; runs: QueuedRun[]; none: string }) {
  return (
    <section aria-label={title} className="mb-8">
      <h2 className="mb-2 font-semibold text-[0.9375rem]">{title}</h2>
      {runs.length === 0 ? (
        <p className="text-ink-soft">{none}</p>
      ) : (
        <ListTable
          caption={`${title}, in order`}
          columns={['Documentation set', 'Asked for', 'How far', 'Actions']}
          wide={['Asked for']}
        >
          {runs.map((run, ahead) => (
            <RunLine key={run.run_id} run={run} ahead={ahead} />
          ))}
        </ListTable>
      )}
    </section>
  )
}

function RunLine({ run, ahead }: { run: QueuedRun; ahead: number }) {
  const { variants, ask, refetch } = useDashboard()
  const identity = {
    owner: run.owner,
    name: run.name,
    branch: run.branch,
    provider: run.ai_provider,
    model: run.ai_model,
  }

  function abort() {
    const row = variants.row(variantKey(identity))
    if (row) ask({ kind: 'abort', row })
    else refetch()
  }

  return (
    <tr>
      <td className="wrap-anywhere">
        <PlaceLink href={variantHref(identity)} className="text-accent underline-offset-2 hover:underline">
          <span className="break-words">
            {run.owner}/{run.name}
          </span>
        </PlaceLink>
        <span className="block break-words font-mono text-ink-soft text-xs">
          @{run.branch} {run.ai_provider}/{run.ai_model}
        </span>
      </td>
      <td className="text-ink-soft text-xs max-sm:hidden">
        <TimeAgo iso={run.queued_at} /> by {run.requested_by}
      </td>
      <td className="text-ink-soft text-xs tabular-nums">{howFar(run, ahead)}</td>
      <td className="text-right">
        <Button kind="danger" aria-label={`Abort ${run.owner}/${run.name} @${run.branch}`} onClick={abort}>
          Abort
        </Button>
      </td>
    </tr>
  )
}

function howFar(run: QueuedRun, ahead: number): string {
  if (run.started_at === null) return waitingText(ahead)
  if (run.total_pages) return `${run.page_count} of ${run.total_pages} pages`
  return run.current_stage && run.current_stage in STAGE_LABELS ? STAGE_LABELS[run.current_stage as Stage] : 'starting'
}

'use client'

import dynamic from 'next/dynamic'
import { useCallback, useState } from 'react'
import { mayChange } from '#app/_components/detail/may-change.ts'
import { Button } from '#app/_components/ui/button.tsx'
import { LazyConfirmDialog } from '#app/_components/ui/lazy-parts.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useNow } from '#app/_hooks/use-now.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'
import type { ScheduleRow } from '#lib/domain/schedules.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

const ScheduleDialog = dynamic(() => import('#app/_components/refresh/schedule-dialog.tsx'))

/** Often enough to show a check that was made while somebody looks. */
const LOOK_EVERY_MS = 60_000

/** When the server looks by itself whether the branch has moved, and what it found last. */
export default function ScheduleSection({ row }: { row: VariantRow }) {
  const { api, viewer } = useDashboard()
  const { owner, name, branch, ai_provider, ai_model } = row
  const ask = useCallback(
    () => api.schedule({ owner, name, branch, provider: ai_provider, model: ai_model }),
    [api, owner, name, branch, ai_provider, ai_model],
  )
  const { answer, problem, reload } = useLoaded(ask, LOOK_EVERY_MS)
  const [open, setOpen] = useState<'set' | 'end' | null>(null)
  const schedule = answer?.schedule ?? null
  const isMine = mayChange(row.owner, viewer)
  const close = () => setOpen(null)

  async function end() {
    await api.removeSchedule(identityOf(row))
    showToast('success', 'The schedule has ended')
    reload()
  }

  if (answer === null) return <Problem text={problem} />
  if (!schedule && !isMine) return null
  return (
    <section aria-labelledby="schedule-heading" className="mt-6 rounded-lg border border-line bg-surface px-4 py-3">
      <h2 id="schedule-heading" className="font-semibold text-[0.875rem]">
        Refreshed by itself
      </h2>
      {schedule ? <Facts schedule={schedule} /> : <p className="mt-1 text-ink-soft">Only when somebody starts it.</p>}
      <Problem text={problem} />
      {isMine && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button onClick={() => setOpen('set')}>{schedule ? 'Change schedule' : 'Set a schedule'}</Button>
          {schedule && (
            <Button kind="danger" onClick={() => setOpen('end')}>
              End schedule
            </Button>
          )}
        </div>
      )}
      {open === 'set' && <ScheduleDialog row={row} schedule={schedule} onSaved={reload} onClose={close} />}
      {open === 'end' && (
        <LazyConfirmDialog title="End this schedule?" action="End the schedule" onConfirm={end} onClose={close}>
          <strong className="break-words font-semibold text-ink">
            {row.name} @{row.branch}
          </strong>{' '}
          is then refreshed only when somebody, or a push, starts it. What is documented stays.
        </LazyConfirmDialog>
      )}
    </section>
  )
}

function Facts({ schedule }: { schedule: ScheduleRow }) {
  return (
    <dl className="mt-1 space-y-2 [&_dt]:text-ink-faint [&_dt]:text-xs">
      <div>
        <dt>When its branch has moved, at</dt>
        <dd>
          <code className="font-mono text-[0.8125rem]">{schedule.cron}</code> in {schedule.time_zone}
        </dd>
      </div>
      <div>
        <dt>Next look</dt>
        <dd>
          <Moment iso={schedule.next_at} />
        </dd>
      </div>
      <div>
        <dt>Last look</dt>
        <dd className={schedule.last_result === 'failed' ? 'break-words text-red' : 'break-words'}>
          {schedule.last_checked_at ? (
            <>
              <TimeAgo iso={schedule.last_checked_at} />: {schedule.last_message}
            </>
          ) : (
            'Not yet'
          )}
        </dd>
      </div>
    </dl>
  )
}

/** A time to come, in local time; the server's render shows UTC. */
function Moment({ iso }: { iso: string }) {
  const isHere = useNow(LOOK_EVERY_MS) !== null
  const local = () => new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  return <time dateTime={iso}>{isHere ? local() : `${iso.slice(0, 16).replace('T', ' ')} UTC`}</time>
}

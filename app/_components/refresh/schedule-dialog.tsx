'use client'

import { useState } from 'react'
import { FormDialog } from '#app/_components/dialogs/form-dialog.tsx'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'
import type { ScheduleRow } from '#lib/domain/schedules.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

const PRESETS = [
  { cron: '0 3 * * *', label: 'Every night at 3:00' },
  { cron: '0 * * * *', label: 'Every hour' },
  { cron: '0 9-18 * * MON-FRI', label: 'Every hour of a working day' },
  { cron: '0 3 * * MON', label: 'Every Monday at 3:00' },
]
const OTHER = 'other'

interface Props {
  row: VariantRow
  schedule: ScheduleRow | null
  onSaved: () => void
  onClose: () => void
}

/** Chooses when the server looks whether the branch has moved. */
export default function ScheduleDialog({ row, schedule, onSaved, onClose }: Props) {
  const { api } = useDashboard()
  const { busy, problem, send } = useSending()
  const [cron, setCron] = useState(schedule?.cron ?? PRESETS[0]?.cron ?? '')
  const [isOther, setIsOther] = useState(!PRESETS.some((preset) => preset.cron === cron))
  const [zone, setZone] = useState(schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)

  async function save() {
    const isDone = await send(async () => {
      await api.setSchedule(identityOf(row), { cron: cron.trim(), time_zone: zone.trim() })
    })
    if (!isDone) return
    showToast('success', 'The schedule is set')
    onSaved()
    onClose()
  }

  function choose(value: string) {
    setIsOther(value === OTHER)
    if (value !== OTHER) setCron(value)
  }

  return (
    <FormDialog
      title="When to look for changes"
      description={`${row.name} is generated again only when ${row.branch} has moved.`}
      action="Set schedule"
      busyAction="Setting…"
      busy={busy}
      canSend={cron.trim() !== '' && zone.trim() !== ''}
      problem={problem}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label="When">
        {(field) => (
          <select
            {...field}
            className={INPUT_LOOK}
            value={isOther ? OTHER : cron}
            onChange={(event) => choose(event.target.value)}
          >
            {PRESETS.map((preset) => (
              <option key={preset.cron} value={preset.cron}>
                {preset.label}
              </option>
            ))}
            <option value={OTHER}>At other times…</option>
          </select>
        )}
      </Field>
      {isOther && (
        <Field label="Times" hint="Minute, hour, day of the month, month, day of the week, as cron has them">
          {(field) => (
            <input {...field} className={INPUT_LOOK} value={cron} onChange={(event) => setCron(event.target.value)} />
          )}
        </Field>
      )}
      <Field label="Time zone" hint="Such as UTC or Europe/Berlin">
        {(field) => (
          <input {...field} className={INPUT_LOOK} value={zone} onChange={(event) => setZone(event.target.value)} />
        )}
      </Field>
    </FormDialog>
  )
}

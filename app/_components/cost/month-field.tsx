'use client'

import { monthOf } from '#lib/domain/spending.ts'

const MONTHS = 12

interface Props {
  /** `2026-11`. */
  month: string
  onChange: (month: string) => void
}

/** Which of the last twelve months is shown. Months are in UTC, as bills are. */
export function MonthField({ month, onChange }: Props) {
  return (
    <label className="mb-4 flex items-center gap-2 text-ink-soft">
      Month
      <select
        value={month}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 rounded-md border border-line-strong bg-surface px-2 text-ink pointer-coarse:text-base"
      >
        {lastMonths(new Date()).map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  )
}

function lastMonths(now: Date): string[] {
  return Array.from({ length: MONTHS }, (_, back) =>
    monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))),
  )
}

'use client'

import { CircleAlert, CircleCheck, CircleSlash, type LucideIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import type { RunLog } from '#lib/domain/run-log.ts'
import { ABORTED_MESSAGE, type TerminalStatus, UP_TO_DATE, UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

const NextStep = dynamic(() => import('#app/_components/detail/next-step.tsx'))

export const OUTCOME_LOOKS: Record<TerminalStatus, { Icon: LucideIcon; look: string }> = {
  ready: { Icon: CircleCheck, look: 'bg-green-wash text-green' },
  error: { Icon: CircleAlert, look: 'bg-red-wash text-red' },
  aborted: { Icon: CircleSlash, look: 'bg-amber-wash text-amber' },
}

/** How the last run ended, and after a failure what to do; nothing while one goes on. */
export function OutcomeMessage({ row, log }: { row: VariantRow; log: RunLog }) {
  if (row.status === 'generating') return null
  const { Icon, look } = OUTCOME_LOOKS[row.status]
  return (
    <div role="status" className={`mb-6 flex gap-2.5 rounded-lg px-4 py-3 ${look}`}>
      <Icon aria-hidden="true" className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0">
        <p className="break-words font-medium">{sentence(row)}</p>
        {row.warnings.map((warning) => (
          <p key={warning} className="mt-1 break-words text-ink-soft">
            {warning}
          </p>
        ))}
        {row.status === 'error' && <NextStep row={row} log={log} />}
      </div>
    </div>
  )
}

function sentence(row: VariantRow): string {
  if (row.status === 'aborted') return row.error_message ?? ABORTED_MESSAGE
  if (row.status === 'error') return row.error_message ?? 'The generation failed without saying why'
  if (row.current_stage === UP_TO_DATE) return UP_TO_DATE_MESSAGE
  return row.page_count === 1 ? 'Documentation generated: 1 page.' : `Documentation generated: ${row.page_count} pages.`
}

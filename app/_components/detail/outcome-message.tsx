import { CircleAlert, CircleCheck, CircleSlash, type LucideIcon } from 'lucide-react'
import { ABORTED_MESSAGE, type TerminalStatus, UP_TO_DATE, UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

const LOOKS: Record<TerminalStatus, { Icon: LucideIcon; look: string }> = {
  ready: { Icon: CircleCheck, look: 'bg-green-wash text-green' },
  error: { Icon: CircleAlert, look: 'bg-red-wash text-red' },
  aborted: { Icon: CircleSlash, look: 'bg-amber-wash text-amber' },
}

/** How the last run ended; nothing while one goes on. */
export function OutcomeMessage({ row }: { row: VariantRow }) {
  if (row.status === 'generating') return null
  const { Icon, look } = LOOKS[row.status]
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

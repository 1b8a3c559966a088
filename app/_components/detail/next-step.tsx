'use client'

import { mayChange } from '#app/_components/detail/may-change.ts'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { adviceFor } from '#lib/domain/advice.ts'
import { CREDENTIALS_HREF } from '#lib/domain/deep-link.ts'
import type { RunLog } from '#lib/domain/run-log.ts'
import { STAGE_LABELS } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

const ACTION_LOOK = 'font-medium text-accent underline underline-offset-2'

/** What to do after a failure, with the way there. */
export default function NextStep({ row, log }: { row: VariantRow; log: RunLog }) {
  const { viewer, ask } = useDashboard()
  const failed = log.stages.find((line) => line.mark === 'failed')?.stage ?? null
  const { sentence, branch } = adviceFor(row.error_message, failed)
  if (!mayChange(row.owner, viewer))
    return <p className="mt-1 text-ink-soft">Only {row.owner} and administrators can generate it again.</p>
  return (
    <p className="mt-1 text-ink-soft">
      {failed && <>Failed while: {STAGE_LABELS[failed].toLowerCase()}. </>}
      {sentence}{' '}
      {branch && (
        <button
          type="button"
          onClick={() => ask({ kind: 'generate', address: row.repo_url, branch })}
          className={ACTION_LOOK}
        >
          Generate @{branch}
        </button>
      )}
      {isLocked(row, failed) && (
        <PlaceLink href={CREDENTIALS_HREF} className={ACTION_LOOK}>
          Store a token for its host
        </PlaceLink>
      )}
    </p>
  )
}

/** The server of the repository wants to know who asks, or hides what is private. */
function isLocked(row: VariantRow, failed: string | null): boolean {
  return failed === 'cloning' && /credential|token/.test(row.error_message ?? '')
}

import { STATUS_LABELS, type Status } from '#lib/domain/stages.ts'

const BADGES: Record<Status, string> = {
  generating: 'bg-blue-wash text-blue',
  ready: 'bg-green-wash text-green',
  error: 'bg-red-wash text-red',
  aborted: 'bg-amber-wash text-amber',
}

const DOTS: Record<Status, string> = {
  generating: 'bg-blue',
  ready: 'bg-green',
  error: 'bg-red',
  aborted: 'bg-amber',
}

export function StatusBadge({ status }: { status: Status }) {
  return (
    <span
      data-status={status}
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 font-medium text-xs ${BADGES[status]}`}
    >
      <StatusDot status={status} />
      {STATUS_LABELS[status]}
    </span>
  )
}

/** Colour only: always beside words that say the same. */
export function StatusDot({ status }: { status: Status }) {
  return <span aria-hidden="true" className={`inline-block size-2 shrink-0 rounded-full ${DOTS[status]}`} />
}

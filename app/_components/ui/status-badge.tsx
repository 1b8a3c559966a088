import { STATUS_LABELS, type Status } from '#lib/domain/stages.ts'

const BADGES: Record<Status, string> = {
  generating: 'bg-blue-wash text-blue',
  ready: 'bg-green-wash text-green',
  error: 'bg-red-wash text-red',
  aborted: 'bg-amber-wash text-amber',
}

const DOTS: Record<Status, string> = {
  generating: 'size-2 rounded-full bg-blue breathing',
  ready: 'size-2 rounded-full bg-green',
  error: 'size-[0.4375rem] rotate-45 bg-red',
  aborted: 'size-2 rounded-full border-2 border-amber',
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

/** A shape and a colour of its own for each status: disc, diamond, ring; work in progress breathes. */
export function StatusDot({ status }: { status: Status }) {
  return <span aria-hidden="true" className={`mx-px inline-block shrink-0 ${DOTS[status]}`} />
}

'use client'

import { useNow } from '#app/_hooks/use-now.ts'
import { formatExact, formatRelative } from '#lib/domain/format-time.ts'

/** A time as people say it, with the exact local time on hover. The server's render shows the day only. */
export function TimeAgo({ iso }: { iso: string }) {
  const now = useNow(30_000)
  return (
    <time dateTime={iso} title={now === null ? undefined : formatExact(iso)}>
      {now === null ? iso.slice(0, 10) : formatRelative(iso, now)}
    </time>
  )
}

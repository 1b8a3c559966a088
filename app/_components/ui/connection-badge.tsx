import type { Connection } from '#lib/domain/live-client.ts'

const TEXTS: Record<Connection, { label: string; hint: string; dot: string }> = {
  connecting: { label: 'Connecting', hint: 'Opening the live feed', dot: 'bg-ink-faint breathing' },
  live: { label: 'Live', hint: 'Every change appears at once', dot: 'bg-green' },
  polling: { label: 'Polling', hint: 'The live feed is blocked: asking every 10 seconds instead', dot: 'bg-amber' },
  offline: { label: 'Offline', hint: 'The server does not answer: what you see may be old', dot: 'bg-red' },
}

export function ConnectionBadge({ connection }: { connection: Connection }) {
  const { label, hint, dot } = TEXTS[connection]
  return (
    <span
      role="status"
      aria-label={`Connection: ${label}. ${hint}`}
      title={hint}
      className="inline-flex shrink-0 items-center gap-1.5 text-ink-soft text-xs"
    >
      <span aria-hidden="true" className={`size-2 rounded-full ${dot}`} />
      {label}
    </span>
  )
}

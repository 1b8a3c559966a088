'use client'

import { Check, CircleSlash, Minus, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { STAGE_SHADES } from '#app/_components/history/stage-timeline.tsx'
import { useNow } from '#app/_hooks/use-now.ts'
import { formatDuration, formatElapsed, formatExact } from '#lib/domain/format-time.ts'
import type { LogMark, StageLine } from '#lib/domain/run-log.ts'
import { STAGE_LABELS } from '#lib/domain/stages.ts'

const MARKS: Record<LogMark, { word: string; ring: string; text: string; icon: ReactNode }> = {
  done: { word: 'done', ring: 'bg-green-wash text-green', text: 'text-ink', icon: <Check /> },
  degraded: {
    word: 'done, with a warning',
    ring: 'bg-amber-wash text-amber',
    text: 'text-ink',
    icon: <TriangleAlert />,
  },
  active: {
    word: 'active',
    ring: 'border-2 border-blue bg-surface',
    text: 'text-ink font-medium',
    icon: <span className="breathing size-2 rounded-full bg-blue" />,
  },
  pending: { word: 'pending', ring: 'border border-line-strong border-dashed', text: 'text-ink-faint', icon: null },
  failed: { word: 'failed', ring: 'bg-red-wash text-red', text: 'text-ink font-medium', icon: <X /> },
  aborted: { word: 'aborted', ring: 'bg-amber-wash text-amber', text: 'text-ink font-medium', icon: <CircleSlash /> },
  skipped: { word: 'not reached', ring: 'border border-line text-ink-faint', text: 'text-ink-faint', icon: <Minus /> },
}

interface Props {
  line: StageLine
  /** Whether a timeline stands above, whose colours are explained here. */
  colored: boolean
  children: ReactNode
}

/** One stage: its mark on the rail, what it says, and how long it took. */
export function StageEntry({ line, colored, children }: Props) {
  const { word, ring, text, icon } = MARKS[line.mark]
  const detail = line.mark === 'done' || line.mark === 'pending' || line.mark === 'skipped' ? null : line.message
  return (
    <li data-stage={line.stage} data-mark={line.mark} className="group relative flex gap-3 pb-4">
      <span aria-hidden="true" className="absolute top-6 bottom-0 left-[0.6875rem] w-px bg-line group-last:hidden" />
      <span
        aria-hidden="true"
        className={`relative mt-px flex size-[1.4375rem] shrink-0 items-center justify-center rounded-full [&_svg]:size-3.5 ${ring}`}
      >
        {icon}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <p className={text}>
            {STAGE_LABELS[line.stage]}
            <span className="sr-only">: {word}</span>
          </p>
          <StageDuration line={line} colored={colored} />
        </div>
        {detail && (
          <p className={`break-words ${line.mark === 'failed' ? 'text-red' : 'text-ink-soft'}`}>
            {detail}
            {line.mark === 'active' && line.fraction !== null && ` (${Math.floor(100 * line.fraction)}%)`}
          </p>
        )}
        {children}
      </div>
    </li>
  )
}

function StageDuration({ line, colored }: Omit<Props, 'children'>) {
  const since = line.startedAt ? `Started ${formatExact(line.startedAt)}` : undefined
  if (line.durationMs === null && line.mark !== 'active') return null
  return (
    <span title={since} className="shrink-0 font-mono text-ink-faint text-xs tabular-nums">
      {line.durationMs === null ? <Elapsed since={line.startedAt} /> : formatDuration(line.durationMs)}
      {colored && line.durationMs !== null && (
        <span aria-hidden="true" className={`ml-2 inline-block size-2 rounded-xs ${STAGE_SHADES[line.stage]}`} />
      )}
    </span>
  )
}

/** Counts by the device's clock: a wrong one shows nothing rather than nonsense. */
function Elapsed({ since }: { since: string | null }) {
  const now = useNow(1_000)
  const elapsedMs = now === null || since === null ? null : now - Date.parse(since)
  return elapsedMs === null || elapsedMs < 1_000 ? null : formatElapsed(elapsedMs)
}

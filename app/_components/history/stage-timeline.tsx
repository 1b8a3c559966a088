import { formatDuration } from '#lib/domain/format-time.ts'
import { STAGE_LABELS, type Stage } from '#lib/domain/stages.ts'

export const STAGE_SHADES: Record<Stage, string> = {
  cloning: 'bg-ink-faint',
  planning: 'bg-blue',
  incremental_planning: 'bg-blue',
  generating_pages: 'bg-accent',
  validating: 'bg-amber',
  cross_linking: 'bg-line-strong',
  rendering: 'bg-ink-soft',
}

interface Props {
  stages: readonly { stage: Stage; durationMs: number | null }[]
}

/** One stage alone is no timeline. */
export function hasTimeline(stages: Props['stages']): boolean {
  return stages.filter(({ durationMs }) => durationMs !== null).length > 1
}

/** Where the time went: a bar with a part per finished stage, as long as the stage was. Nothing until two have finished. */
export function StageTimeline({ stages }: Props) {
  if (!hasTimeline(stages)) return null
  const timed = stages.flatMap(({ stage, durationMs }) => (durationMs === null ? [] : [{ stage, durationMs }]))
  const words = timed.map(({ stage, durationMs }) => `${STAGE_LABELS[stage]} ${formatDuration(durationMs)}`)
  return (
    <div role="img" aria-label={`Time by stage: ${words.join(', ')}`} className="mb-4 flex h-2 gap-px">
      {timed.map(({ stage, durationMs }, index) => (
        <span
          key={stage}
          title={words[index]}
          style={{ flexGrow: Math.max(1, durationMs) }}
          className={`min-w-[3px] basis-0 first:rounded-l-full last:rounded-r-full ${STAGE_SHADES[stage]}`}
        />
      ))}
    </div>
  )
}

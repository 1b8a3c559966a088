'use client'

import { RunClock } from '#app/_components/detail/run-clock.tsx'
import type { RunLog } from '#lib/domain/run-log.ts'
import type { RunRow } from '#lib/domain/runs.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

interface Props {
  row: VariantRow
  log: RunLog
  /** All runs, newest first; empty while they are not known. */
  runs: readonly RunRow[]
}

/** How far the run is: time gone and, once there is a plan, pages written of the pages planned. */
export default function PageProgress({ row, log, runs }: Props) {
  return (
    <div className="mb-6">
      {row.total_pages ? <PageBar written={row.page_count} total={row.total_pages} /> : null}
      <RunClock startedAt={row.generation_started_at} log={log} runs={runs} />
    </div>
  )
}

function PageBar({ written, total }: { written: number; total: number }) {
  const percent = Math.min(100, Math.floor((100 * written) / total))
  return (
    <>
      <div className="mb-1.5 flex justify-between text-ink-soft">
        <span id="progress-label">Pages written</span>
        <span className="tabular-nums">
          {written} of {total} pages ({percent}%)
        </span>
      </div>
      <div
        role="progressbar"
        aria-labelledby="progress-label"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={written}
        aria-valuetext={`${written} of ${total} pages (${percent}%)`}
        className="h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
      >
        {/* A picture, because the policy of the pages takes no style attribute of what the server renders. */}
        <svg className="block size-full" aria-hidden="true">
          <rect width={`${percent}%`} height="100%" rx="4" className="fill-blue transition-[width]" />
        </svg>
      </div>
    </>
  )
}

import type { VariantRow } from '#lib/domain/variant.ts'

/** Pages written of the pages planned; nothing before there is a plan. */
export function PageProgress({ row }: { row: VariantRow }) {
  if (row.status !== 'generating' || !row.total_pages) return null
  const percent = Math.min(100, Math.floor((100 * row.page_count) / row.total_pages))
  return (
    <div className="mb-6">
      <div className="mb-1.5 flex justify-between text-ink-soft">
        <span id="progress-label">Pages written</span>
        <span className="tabular-nums">
          {row.page_count} of {row.total_pages} pages ({percent}%)
        </span>
      </div>
      <div
        role="progressbar"
        aria-labelledby="progress-label"
        aria-valuemin={0}
        aria-valuemax={row.total_pages}
        aria-valuenow={row.page_count}
        aria-valuetext={`${row.page_count} of ${row.total_pages} pages (${percent}%)`}
        className="h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
      >
        <div className="h-full origin-left rounded-full bg-blue transition-[width]" style={{ width: `${percent}%` }} />
      </div>
    </div>
  )
}

import type { LinkedVariant } from '#lib/domain/deep-link.ts'

/** A generation that was started a moment ago and is not in the list yet. */
export function StartingDetail({ link }: { link: LinkedVariant }) {
  return (
    <div role="status" className="mx-auto max-w-5xl px-4 py-6 md:px-8 md:py-8">
      <h1 className="font-semibold text-xl tracking-tight">
        {link.name} <span className="font-mono font-normal text-ink-soft text-sm">@{link.branch}</span>
      </h1>
      <p className="mt-1 text-ink-soft">Starting the generation…</p>
      <div aria-hidden="true" className="mt-8 max-w-xl space-y-4">
        <div className="skeleton h-4 w-2/5" />
        <div className="skeleton h-4 w-3/5" />
        <div className="skeleton h-4 w-1/2" />
      </div>
    </div>
  )
}

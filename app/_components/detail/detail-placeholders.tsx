'use client'

import { Button } from '#app/_components/ui/button.tsx'
import { selectNothing } from '#app/_hooks/use-place.ts'
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

/** An address that names nothing this viewer can see. */
export function MissingDetail({ link }: { link: LinkedVariant }) {
  return (
    <div className="mx-auto max-w-xl px-4 py-16 md:px-8">
      <h1 className="font-semibold text-lg">This documentation set is not here</h1>
      <p className="mt-2 mb-5 text-ink-soft">
        <span className="break-words font-medium text-ink">
          {link.name} @{link.branch}, {link.provider}/{link.model}
        </span>{' '}
        was deleted, or it belongs to somebody who has not given you access.
      </p>
      <Button onClick={selectNothing}>Go to the overview</Button>
    </div>
  )
}

/** An address that is none of ours. */
export function NothingHere() {
  return (
    <div className="mx-auto max-w-xl px-4 py-16 md:px-8">
      <h1 className="font-semibold text-lg">There is nothing at this address</h1>
      <p className="mt-2 mb-5 text-ink-soft">It may be misspelt, or it is for administrators.</p>
      <Button onClick={selectNothing}>Go to the overview</Button>
    </div>
  )
}

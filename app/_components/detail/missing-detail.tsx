'use client'

import { Button } from '#app/_components/ui/button.tsx'
import { selectNothing } from '#app/_hooks/use-place.ts'
import type { LinkedVariant } from '#lib/domain/deep-link.ts'

/** An address that names nothing this viewer can see. */
export default function MissingDetail({ link }: { link: LinkedVariant }) {
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

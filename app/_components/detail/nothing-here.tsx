'use client'

import { Button } from '#app/_components/ui/button.tsx'
import { selectNothing } from '#app/_hooks/use-place.ts'

/** An address that is none of ours. */
export default function NothingHere() {
  return (
    <div className="mx-auto max-w-xl px-4 py-16 md:px-8">
      <h1 className="font-semibold text-lg">There is nothing at this address</h1>
      <p className="mt-2 mb-5 text-ink-soft">It may be misspelt, or it is for administrators.</p>
      <Button onClick={selectNothing}>Go to the overview</Button>
    </div>
  )
}

'use client'

import { Button } from '#app/_components/ui/button.tsx'
import { Wordmark } from '#app/_components/ui/wordmark.tsx'

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto max-w-xl px-4 pt-[16dvh]">
      <Wordmark />
      <h1 className="mt-8 font-semibold text-2xl tracking-tight">This page could not be shown</h1>
      <p role="alert" className="mt-2 mb-6 text-ink-soft">
        Generations go on without it. Try again; if it happens every time, the server log says why.
      </p>
      <Button kind="primary" onClick={reset}>
        Try again
      </Button>
    </main>
  )
}

import { buttonLook } from '#app/_components/ui/button.tsx'
import { Wordmark } from '#app/_components/ui/wordmark.tsx'

export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl px-4 pt-[16dvh]">
      <Wordmark />
      <h1 className="mt-8 font-semibold text-2xl tracking-tight">There is nothing at this address</h1>
      <p className="mt-2 mb-6 text-ink-soft">
        The documentation set was deleted, or it belongs to somebody who has not given you access, or the address is
        misspelt.
      </p>
      <a href="/" className={buttonLook('primary')}>
        Go to the overview
      </a>
    </main>
  )
}

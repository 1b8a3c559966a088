'use client'

import { CopyButton } from '#app/_components/ui/copy-button.tsx'

/** A key that is shown this once. */
export function KeyOnce({ username, apiKey }: { username: string; apiKey: string }) {
  return (
    <div className="rounded-md border border-line bg-sunken p-3">
      <p className="text-ink-soft">
        The key of <strong className="font-semibold text-ink">{username}</strong>. It is shown this once and stored only
        as a hash: copy it now.
      </p>
      <p className="mt-2 flex items-start gap-2">
        <code data-key className="min-w-0 break-all font-mono text-[0.8125rem]">
          {apiKey}
        </code>
        <CopyButton text={apiKey} what="key" />
      </p>
    </div>
  )
}

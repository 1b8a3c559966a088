'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { showToast } from '#app/_state/toasts.ts'

/** Copies `text`; `what` names it, as in "Copy generation id". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])

  function copy() {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => showToast('error', `The browser does not let this page copy: select the ${what} and copy it by hand`),
    )
  }

  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded text-ink-faint hover:bg-sunken hover:text-ink"
    >
      <Icon className="size-3.5" aria-hidden="true" />
      <span role="status" className="sr-only">
        {copied ? `Copied ${what}` : ''}
      </span>
    </button>
  )
}

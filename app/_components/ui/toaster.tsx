'use client'

import { useEffect } from 'react'
import { Toaster, toast } from 'sonner'
import { markToasterReady } from '#app/_state/toasts.ts'

const LOOK = { background: 'var(--surface)', color: 'var(--ink)', borderColor: 'var(--line-strong)' }

const CLOSE_LOOK = 'bg-surface! text-ink! border-line-strong!'

/** What went wrong stays until it can have been read. */
const DURATIONS_MS = { success: 4_000, error: 12_000 }

export default function StyledToaster() {
  useEffect(() => markToasterReady((kind, text) => toast[kind](text, { duration: DURATIONS_MS[kind] })), [])
  return (
    <Toaster
      position="bottom-right"
      closeButton
      toastOptions={{ style: LOOK, classNames: { closeButton: CLOSE_LOOK } }}
    />
  )
}

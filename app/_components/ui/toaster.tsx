'use client'

import { useEffect } from 'react'
import { Toaster, toast } from 'sonner'
import { markToasterReady } from '#app/_state/toasts.ts'

const LOOK = { background: 'var(--surface)', color: 'var(--ink)', borderColor: 'var(--line-strong)' }

export default function StyledToaster() {
  useEffect(() => markToasterReady((kind, text) => toast[kind](text)), [])
  return <Toaster position="bottom-right" toastOptions={{ style: LOOK }} />
}

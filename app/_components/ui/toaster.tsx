'use client'

import { useEffect } from 'react'
import { Toaster } from 'sonner'
import { toastHost } from '#app/_state/toasts.ts'

const LOOK = { background: 'var(--surface)', color: 'var(--ink)', borderColor: 'var(--line-strong)' }

export default function StyledToaster() {
  useEffect(toastHost.markMounted, [])
  return <Toaster position="bottom-right" toastOptions={{ style: LOOK }} />
}

'use client'

import dynamic from 'next/dynamic'
import { useSyncExternalStore } from 'react'
import { toastHost } from '#app/_state/toasts.ts'

const LazyToaster = dynamic(() => import('#app/_components/ui/toaster.tsx'))

/** Where short messages appear. */
export function ToastHost() {
  const wanted = useSyncExternalStore(toastHost.subscribe, toastHost.wanted, toastHost.neverOnServer)
  return wanted ? <LazyToaster /> : null
}

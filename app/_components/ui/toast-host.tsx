'use client'

import dynamic from 'next/dynamic'
import { useEffect, useSyncExternalStore } from 'react'
import { areToastsWanted, subscribeToastsWanted, wantToasts } from '#app/_state/toasts.ts'

const LazyToaster = dynamic(() => import('#app/_components/ui/toaster.tsx'))

/** Where short messages appear; loaded when a person first presses or types anything, since only their actions have any. */
export function ToastHost() {
  const due = useSyncExternalStore(subscribeToastsWanted, areToastsWanted, notOnServer)
  useEffect(() => {
    const options = { once: true, capture: true, passive: true }
    window.addEventListener('pointerdown', wantToasts, options)
    window.addEventListener('keydown', wantToasts, options)
    return () => {
      window.removeEventListener('pointerdown', wantToasts, options)
      window.removeEventListener('keydown', wantToasts, options)
    }
  }, [])
  return due ? <LazyToaster /> : null
}

function notOnServer(): boolean {
  return false
}

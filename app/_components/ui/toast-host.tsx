'use client'

import dynamic from 'next/dynamic'
import { useSyncExternalStore } from 'react'
import { useFirstPress } from '#app/_hooks/use-first-press.ts'
import { areToastsWanted, subscribeToastsWanted, wantToasts } from '#app/_state/toasts.ts'

const LazyToaster = dynamic(() => import('#app/_components/ui/toaster.tsx'))

/** Where short messages appear; loaded when a person first presses or types anything, since only their actions have any. */
export function ToastHost() {
  const due = useSyncExternalStore(subscribeToastsWanted, areToastsWanted, notOnServer)
  useFirstPress(wantToasts)
  return due ? <LazyToaster /> : null
}

function notOnServer(): boolean {
  return false
}

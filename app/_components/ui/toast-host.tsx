'use client'

import { useSyncExternalStore } from 'react'
import { useFirstPress } from '#app/_hooks/use-first-press.ts'
import { usePart } from '#app/_hooks/use-part.ts'
import { areToastsWanted, subscribeToastsWanted, wantToasts } from '#app/_state/toasts.ts'

const importToaster = () => import('#app/_components/ui/toaster.tsx')

/** Where short messages appear; loaded when a person first presses or types anything, since only their actions have any. */
export function ToastHost() {
  const due = useSyncExternalStore(subscribeToastsWanted, areToastsWanted, notOnServer)
  useFirstPress(wantToasts)
  const Toaster = usePart(importToaster, due)
  return Toaster && <Toaster />
}

function notOnServer(): boolean {
  return false
}

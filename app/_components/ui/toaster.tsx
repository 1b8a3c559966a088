'use client'

import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { currentToasts, dismissToast, noToasts, subscribeToasts, type Toast } from '#app/_state/toasts.ts'

/** What went wrong stays until it can have been read. */
const DURATIONS_MS = { success: 4_000, error: 12_000 }
const ICONS = { success: CircleCheck, error: CircleAlert }
const ICON_LOOKS = { success: 'text-green', error: 'text-red' }

/**
 * Where short messages appear. Always in the document, so that a screen reader tells what is added. Of our own: the
 * policy of the pages has no room for a library that brings its rules along as text.
 */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts, noToasts)
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-60 space-y-2 sm:left-auto sm:w-90"
    >
      {toasts.map((toast) => (
        <Message key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

/** Stays while somebody is at it, by mouse or keyboard. */
function Message({ toast }: { toast: Toast }) {
  const { id, kind, text } = toast
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismissToast(id), DURATIONS_MS[kind])
    return () => clearTimeout(timer)
  }, [isHeld, id, kind])
  const Icon = ICONS[kind]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while it is read; nothing is done by pointing at it
    <div
      className="pointer-events-auto flex items-start gap-2.5 rounded-lg border border-line-strong bg-surface py-3 pr-2 pl-3.5 text-[0.8125rem] shadow-lifted"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon className={`mt-0.5 size-4 shrink-0 ${ICON_LOOKS[kind]}`} aria-hidden="true" />
      <p className="min-w-0 flex-1 break-words">{text}</p>
      <button
        type="button"
        aria-label="Close notification"
        className="-my-1 rounded p-1.5 text-ink-faint hover:bg-sunken hover:text-ink"
        onClick={() => dismissToast(id)}
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </div>
  )
}

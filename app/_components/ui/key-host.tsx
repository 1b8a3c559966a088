'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { usePart } from '#app/_hooks/use-part.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

const importKeys = () => import('#app/_components/ui/single-keys-listener.tsx')

/** What shows that somebody is there and may press a key next. */
const SIGNS = ['pointermove', 'pointerdown', 'focusin'] as const

/** Ctrl K opens the palette at any time; single keys are loaded when somebody is there, and the first one pressed is not lost. */
export function KeyHost({ dialogOpen }: { dialogOpen: boolean }) {
  const { ask } = useDashboard()
  const [woken, setWoken] = useState<{ by: KeyboardEvent | null } | null>(null)

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      if (dialogOpen || event.defaultPrevented) return
      event.preventDefault()
      ask({ kind: 'palette' })
    } else setWoken((before) => before ?? { by: event })
  })

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    const wake = () => setWoken((before) => before ?? { by: null })
    document.addEventListener('keydown', listen)
    for (const sign of SIGNS) document.addEventListener(sign, wake, { once: true, passive: true })
    return () => {
      document.removeEventListener('keydown', listen)
      for (const sign of SIGNS) document.removeEventListener(sign, wake)
    }
  }, [])
  const SingleKeys = usePart(importKeys, woken !== null)
  return SingleKeys && woken && <SingleKeys dialogOpen={dialogOpen} first={woken.by} />
}

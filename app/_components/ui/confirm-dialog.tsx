'use client'

import { type ReactNode, useState } from 'react'
import { LazyConfirmContent } from '#app/_components/ui/lazy-parts.tsx'

export interface ConfirmProps {
  title: string
  /** Names what is destroyed. */
  children: ReactNode
  /** Label of the button that does it. */
  action: string
  /** The dialog stays open and shows the error when it fails. */
  onConfirm: () => Promise<void>
}

interface Props extends ConfirmProps {
  /** The button that opens it. */
  trigger: (open: () => void) => ReactNode
}

/** Asks before something is destroyed. */
export function ConfirmDialog({ trigger, ...confirm }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      {trigger(() => setOpen(true))}
      {open && <LazyConfirmContent {...confirm} onClose={() => setOpen(false)} />}
    </>
  )
}

'use client'

import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { LazyDrawerContent } from '#app/_components/ui/lazy-parts.tsx'
import { PanelBoundary } from '#app/_components/ui/panel-boundary.tsx'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}

/** The list on a phone: the button in the header, and the drawer it opens. */
export function SidebarDrawer({ open, onOpenChange, children }: Props) {
  return (
    <>
      <button
        type="button"
        aria-label="Show all documentation sets"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => onOpenChange(true)}
        className="-ml-1 inline-flex size-9 items-center justify-center rounded-md text-ink-soft hover:bg-sunken md:hidden"
      >
        <Menu className="size-5" aria-hidden="true" />
      </button>
      {open && (
        <PanelBoundary name="list">
          <LazyDrawerContent onClose={() => onOpenChange(false)}>{children}</LazyDrawerContent>
        </PanelBoundary>
      )}
    </>
  )
}

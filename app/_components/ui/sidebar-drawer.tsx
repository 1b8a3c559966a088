'use client'

import { Menu, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { OVERLAY_LOOK } from '#app/_components/ui/dialog-look.ts'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}

/** The list on a phone: a drawer from the left, with the button that opens it. */
export function SidebarDrawer({ open, onOpenChange, children }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Trigger
        aria-label="Show all documentation sets"
        className="-ml-1 inline-flex size-9 items-center justify-center rounded-md text-ink-soft hover:bg-sunken md:hidden"
      >
        <Menu className="size-5" aria-hidden="true" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY_LOOK} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-[min(20rem,88vw)] flex-col border-line border-r bg-paper text-ink shadow-lifted"
        >
          <div className="flex h-13 items-center justify-between border-line border-b px-4">
            <Dialog.Title className="font-semibold">Documentation sets</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="-mr-1.5 rounded p-1.5 text-ink-faint hover:bg-sunken hover:text-ink"
            >
              <X className="size-4.5" aria-hidden="true" />
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

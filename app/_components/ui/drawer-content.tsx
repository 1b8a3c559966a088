'use client'

import { X } from 'lucide-react'
import * as Dialog from 'radix-ui/dialog'
import type { ReactNode } from 'react'
import { OVERLAY_LOOK } from '#app/_components/dialogs/dialog-look.ts'

interface Props {
  onClose: () => void
  children: ReactNode
}

/** A drawer from the left, open. */
export default function DrawerContent({ onClose, children }: Props) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY_LOOK} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-[min(20rem,88vw)] flex-col border-line border-r bg-paper text-ink shadow-lifted"
        >
          <div className="flex h-13 shrink-0 items-center justify-between border-line border-b px-4">
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

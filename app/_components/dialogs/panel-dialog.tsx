'use client'

import { X } from 'lucide-react'
import * as Dialog from 'radix-ui/dialog'
import type { ReactNode } from 'react'
import { DIALOG_LOOK, OVERLAY_LOOK } from '#app/_components/dialogs/dialog-look.ts'

interface Props {
  title: string
  description?: ReactNode
  onClose: () => void
  /** It shows what is never shown again: only a button among its children closes it, no stray key or click. */
  keepsOpen?: boolean
  children: ReactNode
}

/** A dialog with a title and a way out. */
export function PanelDialog({ title, description, onClose, keepsOpen = false, children }: Props) {
  return (
    <Dialog.Root open onOpenChange={(open) => !(open || keepsOpen) && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY_LOOK} />
        <Dialog.Content
          className={DIALOG_LOOK}
          onOpenAutoFocus={focusFirstField}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="mb-1 flex items-start justify-between gap-4">
            <Dialog.Title className="font-semibold text-base">{title}</Dialog.Title>
            {!keepsOpen && (
              <Dialog.Close
                className="-m-1.5 rounded p-1.5 text-ink-faint hover:bg-sunken hover:text-ink"
                aria-label="Close"
              >
                <X className="size-4.5" aria-hidden="true" />
              </Dialog.Close>
            )}
          </div>
          {description && <Dialog.Description className="mb-5 text-ink-soft">{description}</Dialog.Description>}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/**
 * Whoever has a keyboard types at once; on a touch screen the keyboard would cover what the dialog says before it is read.
 * The dialog itself takes the focus when it has no field.
 */
function focusFirstField(event: Event): void {
  if (!(event.target instanceof HTMLElement)) return
  event.preventDefault()
  const field = event.target.querySelector<HTMLElement>('input:not([type="checkbox"]), select')
  const target = field && window.matchMedia('(pointer: fine)').matches ? field : event.target
  target.focus()
}

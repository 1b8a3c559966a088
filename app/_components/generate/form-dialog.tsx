'use client'

import { X } from 'lucide-react'
import * as Dialog from 'radix-ui/dialog'
import type { FormEvent, ReactNode } from 'react'
import { Button } from '#app/_components/ui/button.tsx'
import { DIALOG_LOOK, OVERLAY_LOOK } from '#app/_components/ui/dialog-look.ts'

interface Props {
  title: string
  description: ReactNode
  /** Label of the button that sends. */
  action: string
  busy: boolean
  canSend: boolean
  problem: string | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form in a dialog: what went wrong stays on top of the buttons. */
export function FormDialog({ title, description, action, busy, canSend, problem, onSubmit, onClose, children }: Props) {
  function submit(event: FormEvent) {
    event.preventDefault()
    if (canSend && !busy) onSubmit()
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY_LOOK} />
        <Dialog.Content className={DIALOG_LOOK}>
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="font-semibold text-base">{title}</Dialog.Title>
            <Dialog.Close
              className="-m-1.5 rounded p-1.5 text-ink-faint hover:bg-sunken hover:text-ink"
              aria-label="Close"
            >
              <X className="size-4.5" aria-hidden="true" />
            </Dialog.Close>
          </div>
          <Dialog.Description className="mt-1 mb-5 text-ink-soft">{description}</Dialog.Description>
          <form onSubmit={submit} noValidate className="space-y-3">
            {children}
            {problem && (
              <p role="alert" className="rounded-md bg-red-wash px-3 py-2 text-red">
                {problem}
              </p>
            )}
            <div className="flex justify-end gap-2 pt-3">
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" kind="primary" disabled={!canSend || busy}>
                {busy ? 'Starting…' : action}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

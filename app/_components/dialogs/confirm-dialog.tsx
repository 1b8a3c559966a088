'use client'

import * as AlertDialog from 'radix-ui/alert-dialog'
import type { ReactNode } from 'react'
import { DIALOG_LOOK, OVERLAY_LOOK } from '#app/_components/dialogs/dialog-look.ts'
import { Button } from '#app/_components/ui/button.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'

interface Props {
  title: string
  /** Names what is destroyed. */
  children: ReactNode
  /** Label of the button that does it. */
  action: string
  /** It cannot be done yet. */
  disabled?: boolean
  /** The dialog stays open and shows the error when it fails. */
  onConfirm: () => Promise<void>
  onClose: () => void
}

/** Asks before something is destroyed. Focus starts on Cancel. */
export function ConfirmDialog({ title, children, action, disabled = false, onConfirm, onClose }: Props) {
  const { busy, problem, send } = useSending()

  async function confirm() {
    if (await send(onConfirm)) onClose()
  }

  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={OVERLAY_LOOK} />
        <AlertDialog.Content className={DIALOG_LOOK}>
          <AlertDialog.Title className="font-semibold text-base">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 text-ink-soft">{children}</div>
          </AlertDialog.Description>
          {problem && (
            <p role="alert" className="mt-4 rounded-md bg-red-wash px-3 py-2 text-red">
              {problem}
            </p>
          )}
          <div className="mt-6 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <Button kind="destroy" disabled={busy || disabled} onClick={confirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

'use client'

import { AlertDialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Button } from '#app/_components/ui/button.tsx'
import { DIALOG_LOOK, OVERLAY_LOOK } from '#app/_components/ui/dialog-look.ts'
import { detailOf } from '#lib/api-client.ts'

interface Props {
  /** The button that opens it. */
  trigger: ReactNode
  title: string
  /** Names what is destroyed. */
  children: ReactNode
  /** Label of the button that does it. */
  action: string
  /** Stays open and shows the error when it fails. */
  onConfirm: () => Promise<void>
}

/** Asks before something is destroyed. Focus starts on Cancel. */
export function ConfirmDialog({ trigger, title, children, action, onConfirm }: Props) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function confirm() {
    setBusy(true)
    setProblem(null)
    try {
      await onConfirm()
      setOpen(false)
    } catch (error) {
      setProblem(detailOf(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
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
            <Button kind="danger" disabled={busy} onClick={confirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

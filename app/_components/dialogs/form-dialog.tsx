'use client'

import type { FormEvent, ReactNode } from 'react'
import { PanelDialog } from '#app/_components/dialogs/panel-dialog.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'

interface Props {
  title: string
  description: ReactNode
  /** Label of the button that sends. */
  action: string
  /** The same while it sends. */
  busyAction?: string
  busy: boolean
  canSend: boolean
  problem: string | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form in a dialog: what went wrong stays on top of the buttons. */
export function FormDialog(props: Props) {
  const { title, description, action, busyAction = 'Starting…', busy, canSend, problem, onSubmit, onClose } = props

  function submit(event: FormEvent) {
    event.preventDefault()
    if (canSend && !busy) onSubmit()
  }

  return (
    <PanelDialog title={title} description={description} onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-3">
        {props.children}
        <Problem text={problem} />
        <div className="sticky -bottom-5 -mx-5 -mb-5 flex justify-end gap-2 bg-surface px-5 pt-3 pb-5 sm:-bottom-6 sm:-mx-6 sm:-mb-6 sm:px-6 sm:pb-6">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" disabled={!canSend || busy}>
            {busy ? busyAction : action}
          </Button>
        </div>
      </form>
    </PanelDialog>
  )
}

'use client'

import { useState } from 'react'
import { KeyOnce } from '#app/_components/dialogs/key-once.tsx'
import { PanelDialog } from '#app/_components/dialogs/panel-dialog.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

/** Another key for a user; their sessions end. */
export function RotateUserKeyDialog({ username, onClose }: { username: string; onClose: () => void }) {
  const { api } = useDashboard()
  const { busy, problem, send } = useSending()
  const [apiKey, setApiKey] = useState<string | null>(null)

  if (apiKey !== null)
    return (
      <PanelDialog title="The new key" onClose={onClose} keepsOpen>
        <div className="mt-3 space-y-4">
          <KeyOnce username={username} apiKey={apiKey} />
          <div className="flex justify-end">
            <Button kind="primary" onClick={onClose}>
              I have copied it
            </Button>
          </div>
        </div>
      </PanelDialog>
    )
  return (
    <PanelDialog
      title={`Give ${username} a new key?`}
      description="The present key stops working at once and all sessions of this user end."
      onClose={onClose}
    >
      <Problem text={problem} />
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          kind="destroy"
          disabled={busy}
          onClick={() => send(async () => setApiKey((await api.rotateUserKey(username)).new_api_key))}
        >
          Replace the key
        </Button>
      </div>
    </PanelDialog>
  )
}

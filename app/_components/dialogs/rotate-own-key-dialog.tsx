'use client'

import { useState } from 'react'
import { KeyOnce } from '#app/_components/dialogs/key-once.tsx'
import { PanelDialog } from '#app/_components/dialogs/panel-dialog.tsx'
import { Button, buttonLook } from '#app/_components/ui/button.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { goToLogin, holdLogin } from '#app/_state/session-end.ts'

/** Another key for the signed-in user. The page stays until the new key has been read, although its session has ended. */
export default function RotateOwnKeyDialog({ onClose }: { onClose: () => void }) {
  const { api, viewer } = useDashboard()
  const { busy, problem, send } = useSending()
  const [newKey, setNewKey] = useState<string | null>(null)

  async function rotate() {
    holdLogin(true)
    const done = await send(async () => setNewKey((await api.rotateOwnKey()).new_api_key))
    if (!done) holdLogin(false)
  }

  function leave() {
    holdLogin(false)
    if (newKey === null) onClose()
    else goToLogin()
  }

  if (newKey !== null)
    return (
      <PanelDialog title="Your new key" onClose={leave} keepsOpen>
        <div className="mt-3 space-y-4">
          <KeyOnce username={viewer.username} apiKey={newKey} />
          <p className="text-ink-soft">All your sessions have ended, this one too.</p>
          <div className="flex justify-end">
            <button type="button" onClick={leave} className={buttonLook('primary')}>
              I have copied it: sign in again
            </button>
          </div>
        </div>
      </PanelDialog>
    )
  return (
    <PanelDialog
      title="Get a new key?"
      description="Your present key stops working at once, in every browser, script and terminal that uses it."
      onClose={leave}
    >
      <Problem text={problem} />
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={leave}>Cancel</Button>
        <Button kind="destroy" disabled={busy} onClick={rotate}>
          Replace my key
        </Button>
      </div>
    </PanelDialog>
  )
}

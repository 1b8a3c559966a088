'use client'

import { useState } from 'react'
import { FormDialog } from '#app/_components/dialogs/form-dialog.tsx'
import { KeyOnce } from '#app/_components/dialogs/key-once.tsx'
import { PanelDialog } from '#app/_components/dialogs/panel-dialog.tsx'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { ROLES, type Role } from '#lib/domain/kinds.ts'
import { usernameProblem } from '#lib/domain/username.ts'

/** Name and role; then the key, once. */
export function CreateUserDialog({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }) {
  const { api } = useDashboard()
  const { busy, problem, send } = useSending()
  const [username, setUsername] = useState('')
  const [role, setRole] = useState<Role>('user')
  const [apiKey, setApiKey] = useState<string | null>(null)
  const refusal = usernameProblem(username)

  async function submit() {
    const done = await send(async () => setApiKey((await api.createUser({ username, role })).api_key))
    if (done) onCreated()
  }

  if (apiKey !== null)
    return (
      <PanelDialog title={`${username} can sign in now`} onClose={onClose} keepsOpen>
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
    <FormDialog
      title="New user"
      description="The key to sign in with is made by the server and shown once."
      action="Create user"
      busyAction="Creating…"
      busy={busy}
      canSend={refusal === null}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Username" problem={username ? refusal : null}>
        {(field) => (
          <input
            {...field}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className={INPUT_LOOK}
          />
        )}
      </Field>
      <Field label="Role">
        {(field) => (
          <select
            {...field}
            value={role}
            onChange={(event) => setRole(event.target.value as Role)}
            className={INPUT_LOOK}
          >
            {ROLES.map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FormDialog>
  )
}

'use client'

import { type FormEvent, useState } from 'react'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import type { ApiClient } from '#lib/api-client.ts'

const EMPTY = { host: '', username: 'git', token: '' }
const PLAIN = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false, className: INPUT_LOOK }

interface Props {
  save: ApiClient['setCredential']
  onSaved: () => void
}

/** Host, user name and token; the fields are emptied once the server has them. */
export function CredentialForm({ save, onSaved }: Props) {
  const { busy, problem, send } = useSending()
  const [given, setGiven] = useState(EMPTY)
  const set = (name: keyof typeof EMPTY) => (event: { target: { value: string } }) =>
    setGiven((before) => ({ ...before, [name]: event.target.value }))
  const canSend = Object.values(given).every((value) => value.trim() !== '') && !busy

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!canSend) return
    const trimmed = { host: given.host.trim(), username: given.username.trim(), token: given.token.trim() }
    const isDone = await send(async () => {
      await save(trimmed)
    })
    if (!isDone) return
    setGiven(EMPTY)
    onSaved()
  }

  return (
    <form onSubmit={submit} noValidate className="max-w-md space-y-3">
      <Field label="Host" hint="With its port when it has one, such as git.example.com:8443">
        {(field) => <input {...field} {...PLAIN} value={given.host} onChange={set('host')} placeholder="github.com" />}
      </Field>
      <Field label="User name" hint="Most hosts take any name with a token">
        {(field) => <input {...field} {...PLAIN} value={given.username} onChange={set('username')} />}
      </Field>
      <Field label="Token">
        {(field) => (
          <input
            {...field}
            {...PLAIN}
            autoComplete="new-password"
            type="password"
            value={given.token}
            onChange={set('token')}
          />
        )}
      </Field>
      <Problem text={problem} />
      <Button type="submit" kind="primary" disabled={!canSend}>
        {busy ? 'Storing…' : 'Store token'}
      </Button>
    </form>
  )
}

'use client'

import { type FormEvent, useState } from 'react'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { Wordmark } from '#app/_components/ui/wordmark.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import { createApiClient } from '#lib/api-client.ts'

/** Username and key; afterwards the page that was asked for. */
export function LoginForm({ returnPath }: { returnPath: string }) {
  const { busy, problem, send } = useSending()
  const [username, setUsername] = useState('')
  const [apiKey, setApiKey] = useState('')

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (await send(async () => void (await createApiClient().login({ username: username.trim(), api_key: apiKey }))))
      window.location.assign(returnPath)
  }

  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[16dvh] pb-8">
      <div className="w-full max-w-sm">
        <Wordmark />
        <h1 className="mt-8 font-semibold text-2xl tracking-tight">Sign in</h1>
        <p className="mt-1 mb-6 text-ink-soft">With the key you were given. Keys are shown once, when they are made.</p>
        <form onSubmit={submit} className="space-y-4">
          <Field label="Username">
            {(field) => (
              <input
                {...field}
                required
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                value={username}
                onChange={(event) => setUsername(event.target.value)}
                className={INPUT_LOOK}
              />
            )}
          </Field>
          <Field label="API key">
            {(field) => (
              <input
                {...field}
                required
                type="password"
                autoComplete="current-password"
                value={apiKey}
                onChange={(event) => setApiKey(event.target.value)}
                className={`${INPUT_LOOK} font-mono`}
              />
            )}
          </Field>
          {problem && (
            <p role="alert" className="rounded-md bg-red-wash px-3 py-2 text-red">
              {problem}
            </p>
          )}
          <Button type="submit" kind="primary" disabled={busy} className="mt-2 w-full">
            {busy ? 'Signing in…' : 'Sign in'}
          </Button>
        </form>
      </div>
    </main>
  )
}

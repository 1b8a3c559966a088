'use client'

import { type FormEvent, useRef } from 'react'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { Wordmark } from '#app/_components/ui/wordmark.tsx'
import { useHydrated } from '#app/_hooks/use-hydrated.ts'
import { useSending } from '#app/_hooks/use-sending.ts'
import { createApiClient } from '#lib/api-client.ts'

/** Username and key; afterwards the page that was asked for. */
export function LoginForm({ returnPath }: { returnPath: string }) {
  const { busy, problem, send } = useSending()
  const hydrated = useHydrated()
  // Read from the fields themselves: what was typed or filled in before the scripts had run is in no state.
  const username = useRef<HTMLInputElement>(null)
  const apiKey = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const credentials = { username: username.current?.value.trim() ?? '', api_key: apiKey.current?.value ?? '' }
    if (await send(async () => void (await createApiClient().login(credentials)))) window.location.assign(returnPath)
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
                ref={username}
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
                ref={apiKey}
                className={`${INPUT_LOOK} font-mono`}
              />
            )}
          </Field>
          {problem && (
            <p role="alert" className="rounded-md bg-red-wash px-3 py-2 text-red">
              {problem}
            </p>
          )}
          <Button type="submit" kind="primary" disabled={busy || !hydrated} className="mt-2 w-full">
            {busy ? 'Signing in…' : 'Sign in'}
          </Button>
        </form>
      </div>
    </main>
  )
}

'use client'

import { type FormEvent, useMemo, useState } from 'react'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'

/** Shares a project with a user. */
export function GrantForm({ onGranted }: { onGranted: () => void }) {
  const { api } = useDashboard()
  const rows = useShape()
  const { answer } = useLoaded(api.users)
  const { busy, problem, send } = useSending()
  const [project, setProject] = useState('')
  const [username, setUsername] = useState('')
  const projects = useMemo(() => [...new Set(rows.map(({ owner, name }) => `${owner}/${name}`))].sort(), [rows])
  const owner = project.slice(0, project.indexOf('/'))
  const users = (answer?.users ?? []).filter((user) => user.role !== 'admin' && user.username !== owner)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const name = project.slice(owner.length + 1)
    if (!(await send(async () => void (await api.grantAccess({ name, owner }, username))))) return
    showToast('success', `${username} sees ${project} now`)
    setUsername('')
    onGranted()
  }

  return (
    <form onSubmit={submit} className="mb-6 grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
      <Field label="Project">
        {(field) => (
          <select
            {...field}
            value={project}
            onChange={(event) => setProject(event.target.value)}
            className={INPUT_LOOK}
          >
            <option value="">Choose a project</option>
            {projects.map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="User">
        {(field) => (
          <select
            {...field}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            className={INPUT_LOOK}
          >
            <option value="">Choose a user</option>
            {users.map((user) => (
              <option key={user.username} value={user.username}>
                {user.username} ({user.role})
              </option>
            ))}
          </select>
        )}
      </Field>
      <Button type="submit" kind="primary" disabled={busy || !project || !username}>
        Grant access
      </Button>
      <div className="sm:col-span-3">
        <Problem text={problem} />
      </div>
    </form>
  )
}

'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { ListTable, Loading } from '#app/_components/admin/list-table.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { LazyConfirmDialog, LazyCreateUserDialog, LazyRotateUserKeyDialog } from '#app/_components/ui/lazy-parts.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'

type Asked = { kind: 'create' } | { kind: 'rotate' | 'delete'; username: string } | null

/** Who may sign in. */
export function UsersScreen() {
  const { api } = useDashboard()
  const { answer, problem, reload } = useLoaded(api.users)
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)

  async function deleteUser(username: string) {
    await api.removeUser(username)
    showToast('success', `Deleted ${username}`)
    reload()
  }

  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-ink-soft">
          Admins see and do everything, users generate and own projects, viewers read what is shared with them.
        </p>
        <Button kind="primary" onClick={() => setAsked({ kind: 'create' })}>
          <UserPlus aria-hidden="true" />
          New user
        </Button>
      </div>
      {answer === null || problem ? <Loading problem={problem} /> : null}
      {answer?.users.length === 0 && (
        <p className="text-ink-soft">Nobody but the built-in account yet. Create a user to share this server.</p>
      )}
      {answer && answer.users.length > 0 && (
        <ListTable caption="Users" columns={['Name', 'Role', 'Created', 'Actions']} wide={['Created']}>
          {answer.users.map(({ username, role, created_at }) => (
            <tr key={username}>
              <td className="break-all font-medium">{username}</td>
              <td>{role}</td>
              <td className="whitespace-nowrap text-ink-soft max-sm:hidden">
                <TimeAgo iso={created_at} />
              </td>
              <td>
                <div className="flex flex-wrap justify-end gap-2">
                  <Button aria-label={`New key for ${username}`} onClick={() => setAsked({ kind: 'rotate', username })}>
                    New key
                  </Button>
                  <Button
                    kind="danger"
                    aria-label={`Delete ${username}`}
                    onClick={() => setAsked({ kind: 'delete', username })}
                  >
                    Delete
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </ListTable>
      )}
      {asked?.kind === 'create' && <LazyCreateUserDialog onCreated={reload} onClose={close} />}
      {asked?.kind === 'rotate' && <LazyRotateUserKeyDialog username={asked.username} onClose={close} />}
      {asked?.kind === 'delete' && (
        <LazyConfirmDialog
          title={`Delete ${asked.username}?`}
          action="Delete user"
          onConfirm={() => deleteUser(asked.username)}
          onClose={close}
        >
          <strong className="break-words font-semibold text-ink">{asked.username}</strong> is signed out everywhere, and
          all projects, sites and grants of this user are deleted. This cannot be undone.
        </LazyConfirmDialog>
      )}
    </>
  )
}

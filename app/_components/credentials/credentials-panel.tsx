'use client'

import { useState } from 'react'
import { ListTable, Loading } from '#app/_components/admin/list-table.tsx'
import { CredentialForm } from '#app/_components/credentials/credential-form.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { LazyConfirmDialog } from '#app/_components/ui/lazy-parts.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { usePageTitle } from '#app/_hooks/use-page-title.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'

/** The hosts whose private repositories the signed-in user can have documented. Tokens are sent, never shown. */
export default function CredentialsPanel() {
  const { viewer } = useDashboard()
  usePageTitle('Private repositories')
  return (
    <article aria-labelledby="credentials-heading" className="mx-auto max-w-4xl px-4 py-6 md:px-8 md:py-8">
      <h1 id="credentials-heading" className="mb-6 font-semibold text-xl tracking-tight">
        Private repositories
      </h1>
      {viewer.role === 'viewer' ? (
        <p className="text-ink-soft">Viewers do not generate documentation, so they need no tokens.</p>
      ) : (
        <Credentials />
      )}
    </article>
  )
}

function Credentials() {
  const { api } = useDashboard()
  const { answer, problem, reload } = useLoaded(api.credentials)
  const [leaving, setLeaving] = useState<string | null>(null)

  async function forget(host: string) {
    await api.removeCredential(host)
    showToast('success', `Forgot the token for ${host}`)
    reload()
  }

  return (
    <>
      <p className="mb-6 max-w-prose text-ink-soft">
        A token is encrypted on the server, goes with your own runs to its host over https, and is never shown again.
        One that may only read contents is enough.
      </p>
      <CredentialForm save={api.setCredential} onSaved={reload} />
      <h2 className="mt-8 mb-3 font-semibold text-[0.9375rem]">Stored tokens</h2>
      {answer === null || problem ? <Loading problem={problem} /> : null}
      {answer?.credentials.length === 0 && (
        <p className="text-ink-soft">None yet. Public repositories need no token.</p>
      )}
      {answer && answer.credentials.length > 0 && (
        <ListTable caption="Stored tokens" columns={['Host', 'User name', 'Stored', 'Actions']} wide={['Stored']}>
          {answer.credentials.map(({ host, username, created_at }) => (
            <tr key={host}>
              <td className="break-all font-medium">{host}</td>
              <td className="break-all">{username || 'cannot be read: store it again'}</td>
              <td className="whitespace-nowrap text-ink-soft max-sm:hidden">
                <TimeAgo iso={created_at} />
              </td>
              <td>
                <div className="flex justify-end">
                  <Button kind="danger" aria-label={`Forget the token for ${host}`} onClick={() => setLeaving(host)}>
                    Forget
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </ListTable>
      )}
      {leaving !== null && (
        <LazyConfirmDialog
          title={`Forget the token for ${leaving}?`}
          action="Forget token"
          onConfirm={() => forget(leaving)}
          onClose={() => setLeaving(null)}
        >
          Private repositories of <strong className="break-words font-semibold text-ink">{leaving}</strong> can then not
          be fetched for you. What is documented already stays.
        </LazyConfirmDialog>
      )}
    </>
  )
}

'use client'

import { useState } from 'react'
import { GrantForm } from '#app/_components/admin/grant-form.tsx'
import { ListTable, Loading } from '#app/_components/admin/list-table.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { LazyConfirmDialog } from '#app/_components/ui/lazy-parts.tsx'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'
import type { GrantsResponse } from '#lib/domain/admin.ts'
import { projectHref } from '#lib/domain/deep-link.ts'

type Grant = GrantsResponse['grants'][number]

/** Who may read which project of somebody else. */
export function AccessScreen() {
  const { api } = useDashboard()
  const { answer, problem, reload } = useLoaded(api.grants)
  const [revoked, setRevoked] = useState<Grant | null>(null)

  async function revoke({ project, owner, username }: Grant) {
    await api.revokeAccess({ name: project, owner }, username)
    showToast('success', `${username} no longer sees ${owner}/${project}`)
    reload()
  }

  return (
    <>
      <p className="mb-4 max-w-prose text-ink-soft">
        A grant covers all variants of a project and takes effect at once, in open windows too. Admins see everything
        without one.
      </p>
      <GrantForm onGranted={reload} />
      {answer === null || problem ? <Loading problem={problem} /> : null}
      {answer?.grants.length === 0 && <p className="text-ink-soft">Nothing is shared yet.</p>}
      {answer && answer.grants.length > 0 && (
        <ListTable caption="Grants" columns={['Project', 'Who may read it', 'Since', 'Actions']} wide={['Since']}>
          {answer.grants.map((grant) => (
            <tr key={`${grant.owner}/${grant.project}/${grant.username}`}>
              <td className="break-words">
                <PlaceLink
                  href={projectHref({ name: grant.project, owner: grant.owner })}
                  className="text-accent underline-offset-2 hover:underline"
                >
                  {grant.owner}/{grant.project}
                </PlaceLink>
              </td>
              <td className="break-all font-medium">{grant.username}</td>
              <td className="whitespace-nowrap text-ink-soft max-sm:hidden">
                <TimeAgo iso={grant.created_at} />
              </td>
              <td className="text-right">
                <Button
                  kind="danger"
                  aria-label={`Revoke access of ${grant.username} to ${grant.owner}/${grant.project}`}
                  onClick={() => setRevoked(grant)}
                >
                  Revoke
                </Button>
              </td>
            </tr>
          ))}
        </ListTable>
      )}
      {revoked && (
        <LazyConfirmDialog
          title="Revoke this access?"
          action="Revoke access"
          onConfirm={() => revoke(revoked)}
          onClose={() => setRevoked(null)}
        >
          <strong className="font-semibold text-ink">{revoked.username}</strong> no longer sees{' '}
          <strong className="break-words font-semibold text-ink">
            {revoked.owner}/{revoked.project}
          </strong>
          , from this moment on.
        </LazyConfirmDialog>
      )}
    </>
  )
}

'use client'

import dynamic from 'next/dynamic'
import { useCallback, useState } from 'react'
import { Button } from '#app/_components/ui/button.tsx'
import { LazyConfirmDialog } from '#app/_components/ui/lazy-parts.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'
import type { HookRow } from '#lib/domain/hooks.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

const HookDialog = dynamic(() => import('#app/_components/refresh/hook-dialog.tsx'))

interface Props {
  owner: string
  name: string
  /** All variants of the project. */
  rows: readonly VariantRow[]
}

/** Where a forge tells of pushes to this project; for those who may change it. */
export default function HookSection({ owner, name, rows }: Props) {
  const { api } = useDashboard()
  const ask = useCallback(() => api.hook({ owner, name }), [api, owner, name])
  const { answer, problem, reload } = useLoaded(ask)
  const [open, setOpen] = useState<'make' | 'revoke' | null>(null)
  const close = () => setOpen(null)

  async function revoke() {
    await api.removeHook({ owner, name })
    showToast('success', 'The push hook is revoked')
    reload()
  }

  if (answer === null) return <Problem text={problem} />
  const { hook } = answer
  return (
    <section aria-labelledby="hook-heading" className="mt-8">
      <h2 id="hook-heading" className="font-semibold text-[0.9375rem]">
        Refresh at every push
      </h2>
      {hook ? (
        <Facts hook={hook} />
      ) : (
        <p className="mt-1 max-w-prose text-ink-soft">
          GitHub, GitLab, Gitea, Forgejo and curl can tell this server of pushes; the variants of the pushed branch are
          then generated again.
        </p>
      )}
      <Problem text={problem} />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => setOpen('make')}>{hook ? 'New address and secret' : 'Make a push hook'}</Button>
        {hook && (
          <Button kind="danger" onClick={() => setOpen('revoke')}>
            Revoke hook
          </Button>
        )}
      </div>
      {open === 'make' && (
        <HookDialog project={{ owner, name }} rows={rows} replaces={hook !== null} onMade={reload} onClose={close} />
      )}
      {open === 'revoke' && (
        <LazyConfirmDialog title="Revoke the push hook?" action="Revoke" onConfirm={revoke} onClose={close}>
          Pushes to <strong className="break-words font-semibold text-ink">{name}</strong> then refresh nothing, and its
          address answers as if it had never been there.
        </LazyConfirmDialog>
      )}
    </section>
  )
}

function Facts({ hook }: { hook: HookRow }) {
  return (
    <p className="mt-1 max-w-prose break-words text-ink-soft">
      Made <TimeAgo iso={hook.created_at} /> by {hook.created_by};{' '}
      {hook.needs_signature ? 'takes signed deliveries only' : 'takes deliveries without a signature, too'}. Last
      delivery:{' '}
      {hook.last_received_at ? (
        <>
          <TimeAgo iso={hook.last_received_at} />, {hook.last_message}
        </>
      ) : (
        'none yet'
      )}
      .
    </p>
  )
}

'use client'

import { BookOpen, Download, RotateCw, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { LazyRegenerateDialog } from '#app/_components/generate/lazy-dialogs.tsx'
import { Button, buttonLook } from '#app/_components/ui/button.tsx'
import { ConfirmDialog } from '#app/_components/ui/confirm-dialog.tsx'
import { selectNothing } from '#app/_hooks/use-selection.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'
import { variantUrl } from '#lib/api-client.ts'
import { docsHref } from '#lib/domain/deep-link.ts'
import type { MeResponse } from '#lib/domain/requests.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

/** What may be done with a variant now, by this viewer. */
export function DetailActions({ row }: { row: VariantRow }) {
  const { viewer } = useDashboard()
  const identity = identityOf(row)
  const mayWrite = canWrite(row, viewer)
  return (
    <div className="flex flex-wrap gap-2">
      {row.status === 'ready' && (
        <>
          <a href={docsHref(identity, viewer.username)} className={buttonLook('primary')}>
            <BookOpen aria-hidden="true" />
            View documentation
          </a>
          <a href={variantUrl(identity, '/download')} download className={buttonLook()}>
            <Download aria-hidden="true" />
            Download
          </a>
        </>
      )}
      {mayWrite && row.status === 'generating' && <AbortButton row={row} />}
      {mayWrite && row.status !== 'generating' && <RegenerateButton row={row} />}
      {mayWrite && row.status !== 'generating' && <DeleteButton row={row} />}
    </div>
  )
}

function canWrite(row: VariantRow, viewer: MeResponse): boolean {
  return viewer.is_admin || (viewer.role === 'user' && row.owner === viewer.username)
}

function RegenerateButton({ row }: { row: VariantRow }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RotateCw aria-hidden="true" />
        Regenerate
      </Button>
      {open && <LazyRegenerateDialog row={row} onClose={() => setOpen(false)} />}
    </>
  )
}

function AbortButton({ row }: { row: VariantRow }) {
  const { api, refetch } = useDashboard()
  return (
    <ConfirmDialog
      trigger={(open) => (
        <Button kind="danger" onClick={open}>
          <Square aria-hidden="true" />
          Abort
        </Button>
      )}
      title="Abort this generation?"
      action="Abort generation"
      onConfirm={async () => {
        await api.abort(identityOf(row))
        refetch()
      }}
    >
      The generation of <VariantName row={row} /> stops. Pages already written stay for the next run.
    </ConfirmDialog>
  )
}

function DeleteButton({ row }: { row: VariantRow }) {
  const { api, refetch } = useDashboard()
  return (
    <ConfirmDialog
      trigger={(open) => (
        <Button kind="danger" onClick={open}>
          <Trash2 aria-hidden="true" />
          Delete
        </Button>
      )}
      title="Delete this documentation set?"
      action="Delete"
      onConfirm={async () => {
        await api.remove(identityOf(row))
        selectNothing()
        showToast('success', `Deleted ${row.name} @${row.branch}, ${row.ai_provider}/${row.ai_model}`)
        refetch()
      }}
    >
      <VariantName row={row} /> is deleted with its pages, its site and the record of its runs. This cannot be undone.
    </ConfirmDialog>
  )
}

function VariantName({ row }: { row: VariantRow }) {
  const { viewer } = useDashboard()
  return (
    <strong className="break-words font-semibold text-ink">
      {row.name} @{row.branch}, {row.ai_provider}/{row.ai_model}
      {viewer.is_admin && `, owned by ${row.owner}`}
    </strong>
  )
}

'use client'

import { BookOpen, Download, FileText, RotateCw, Square, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { mayChange } from '#app/_components/detail/may-change.ts'
import { Button, buttonLook } from '#app/_components/ui/button.tsx'
import { useWish } from '#app/_hooks/use-wish.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { downloadUrl } from '#lib/api-client.ts'
import { docsHref } from '#lib/domain/deep-link.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

// Only what ended early needs it.
const ResumeButton = dynamic(() => import('#app/_components/detail/resume-button.tsx'))

/** What may be done with a variant now, by this viewer. */
export function DetailActions({ row }: { row: VariantRow }) {
  const { viewer } = useDashboard()
  return (
    <div className="flex flex-wrap gap-2">
      {row.status === 'ready' && <ReadActions row={row} />}
      {mayChange(row.owner, viewer) && <ChangeActions row={row} />}
    </div>
  )
}

function ReadActions({ row }: { row: VariantRow }) {
  const { viewer } = useDashboard()
  const identity = identityOf(row)
  return (
    <>
      <a href={docsHref(identity, viewer.username)} className={buttonLook('primary')}>
        <BookOpen aria-hidden="true" />
        View documentation
      </a>
      <a href={downloadUrl(identity)} download className={buttonLook()}>
        <Download aria-hidden="true" />
        Download
      </a>
      <a href={downloadUrl(identity, 'single-file')} download className={buttonLook()}>
        <FileText aria-hidden="true" />
        Download as one file
      </a>
    </>
  )
}

function ChangeActions({ row }: { row: VariantRow }) {
  const { ask } = useDashboard()
  const wish = useWish(variantKeyOf(row))
  if (row.status === 'generating')
    return (
      <Button kind="danger" disabled={wish !== null} onClick={() => ask({ kind: 'abort', row })}>
        <Square aria-hidden="true" />
        Abort
      </Button>
    )
  return (
    <>
      {row.resumable && <ResumeButton row={row} disabled={wish !== null} />}
      <Button disabled={wish !== null} onClick={() => ask({ kind: 'regenerate', row })}>
        <RotateCw aria-hidden="true" />
        Regenerate
      </Button>
      <Button kind="danger" disabled={wish !== null} onClick={() => ask({ kind: 'delete', row })}>
        <Trash2 aria-hidden="true" />
        Delete
      </Button>
    </>
  )
}

'use client'

import { ConfirmDialog } from '#app/_components/dialogs/confirm-dialog.tsx'
import { VariantName } from '#app/_components/dialogs/variant-name.tsx'
import { useVariantActions } from '#app/_hooks/use-variant-actions.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

const NAMED = 10

/** Names every variant that goes, as far as the dialog has room. */
export default function DeleteProjectDialog({ rows, onClose }: { rows: VariantRow[]; onClose: () => void }) {
  const { removeProject } = useVariantActions()
  return (
    <ConfirmDialog
      title={`Delete ${rows[0]?.name} with all its variants?`}
      action="Delete everything"
      onConfirm={async () => void removeProject(rows)}
      onClose={onClose}
    >
      <ul className="mb-3 list-disc pl-5">
        {rows.slice(0, NAMED).map((row) => (
          <li key={variantKeyOf(row)}>
            <VariantName row={row} />
          </li>
        ))}
        {rows.length > NAMED && <li>and {rows.length - NAMED} more</li>}
      </ul>
      Their pages, sites and records of runs are deleted, and nobody has access to this project any more. This cannot be
      undone.
    </ConfirmDialog>
  )
}

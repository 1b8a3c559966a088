'use client'

import { ConfirmDialog } from '#app/_components/dialogs/confirm-dialog.tsx'
import { VariantName } from '#app/_components/dialogs/variant-name.tsx'
import { useVariantActions } from '#app/_hooks/use-variant-actions.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

export default function DeleteDialog({ row, onClose }: { row: VariantRow; onClose: () => void }) {
  const { remove } = useVariantActions()
  return (
    <ConfirmDialog
      title="Delete this documentation set?"
      action="Delete"
      onConfirm={async () => void remove(row)}
      onClose={onClose}
    >
      <VariantName row={row} /> is deleted with its pages, its site and the record of its runs. This cannot be undone.
    </ConfirmDialog>
  )
}

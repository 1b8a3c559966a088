'use client'

import { ConfirmDialog } from '#app/_components/dialogs/confirm-dialog.tsx'
import { VariantName } from '#app/_components/dialogs/variant-name.tsx'
import { useVariantActions } from '#app/_hooks/use-variant-actions.ts'
import { useWish } from '#app/_hooks/use-wish.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

export default function AbortDialog({ row, onClose }: { row: VariantRow; onClose: () => void }) {
  const { abort } = useVariantActions()
  const wish = useWish(variantKeyOf(row))
  return (
    <ConfirmDialog
      title="Abort this generation?"
      action="Abort generation"
      disabled={wish !== null}
      onConfirm={async () => void abort(row)}
      onClose={onClose}
    >
      The generation of <VariantName row={row} /> stops. Pages already written stay for the next run.
    </ConfirmDialog>
  )
}

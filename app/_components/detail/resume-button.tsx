'use client'

import { Play } from 'lucide-react'
import { Button } from '#app/_components/ui/button.tsx'
import { useVariantActions } from '#app/_hooks/use-variant-actions.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

/** Goes on from the pages that are written. Destroys nothing, so it asks nothing. */
export default function ResumeButton({ row, disabled }: { row: VariantRow; disabled: boolean }) {
  const { resume } = useVariantActions()
  return (
    <Button kind="primary" disabled={disabled} onClick={() => void resume(row)}>
      <Play aria-hidden="true" />
      Resume
    </Button>
  )
}

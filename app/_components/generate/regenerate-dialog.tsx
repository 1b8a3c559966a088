'use client'

import { useState } from 'react'
import { FormDialog } from '#app/_components/dialogs/form-dialog.tsx'
import { EstimateSection } from '#app/_components/generate/estimate-section.tsx'
import { ForceChoice } from '#app/_components/generate/force-choice.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useStartGeneration } from '#app/_hooks/use-start-generation.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { VariantRow } from '#lib/domain/variant.ts'

interface Props {
  row: VariantRow
  onClose: () => void
}

/** Generates a variant once more, with the same repository, branch and writer. Force is proposed after an error. */
export default function RegenerateDialog({ row, onClose }: Props) {
  const { viewer } = useDashboard()
  const { busy, problem, send } = useSending()
  const start = useStartGeneration()
  const [force, setForce] = useState(row.status === 'error')

  const source = row.repo_url.startsWith('/') ? { repo_path: row.repo_url } : { repo_url: row.repo_url }
  const { branch, ai_provider, ai_model } = row
  const request = { ...source, branch, ai_provider, ai_model, repo_type: row.repo_type ?? undefined, force }

  async function submit() {
    if (await send(() => start(request))) onClose()
  }

  return (
    <FormDialog
      title="Regenerate"
      description={
        <>
          {row.name} @{row.branch}, {row.ai_provider}/{row.ai_model}. What is published now stays readable until the new
          site is finished.
        </>
      }
      action="Regenerate"
      busy={busy}
      canSend
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      {row.owner !== viewer.username && (
        <p className="rounded-md bg-amber-wash px-3 py-2 text-amber">
          This set belongs to {row.owner}. A generation belongs to whoever starts it: a copy of your own will be made.
        </p>
      )}
      <ForceChoice checked={force} onChange={setForce} />
      {ai_provider !== 'builtin' && <EstimateSection request={request} />}
    </FormDialog>
  )
}

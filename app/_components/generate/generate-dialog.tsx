'use client'

import { useState } from 'react'
import { FormDialog } from '#app/_components/dialogs/form-dialog.tsx'
import { BranchField } from '#app/_components/generate/branch-field.tsx'
import { EstimateSection } from '#app/_components/generate/estimate-section.tsx'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { ForceChoice } from '#app/_components/generate/force-choice.tsx'
import { readAddress, type TypedAddress } from '#app/_components/generate/read-address.ts'
import { type WriterChoice, WriterFields } from '#app/_components/generate/writer-fields.tsx'
import { useModels } from '#app/_hooks/use-models.ts'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useStartGeneration } from '#app/_hooks/use-start-generation.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { REPO_TYPES, type RepoType } from '#lib/domain/kinds.ts'
import { refNameProblem } from '#lib/domain/ref-name.ts'

const TYPE_LABELS: Record<RepoType, string> = {
  app: 'Application',
  library: 'Library',
  framework: 'Framework',
  tests: 'Test suite',
}

interface Props {
  address?: string
  initialBranch?: string
  onClose: () => void
}

/** Asks which repository to document, and how. */
export default function GenerateDialog({ address: initialAddress = '', initialBranch = 'main', onClose }: Props) {
  const { viewer } = useDashboard()
  const { models, problem: modelsProblem } = useModels()
  const { busy, problem, send } = useSending()
  const start = useStartGeneration()
  const [text, setText] = useState(initialAddress)
  const [branch, setBranch] = useState(initialBranch)
  const [chosen, setChosen] = useState<WriterChoice | null>(null)
  const [repoType, setRepoType] = useState<RepoType | ''>('')
  const [force, setForce] = useState(false)

  const address = readAddress(text, viewer.is_admin)
  const branchProblem = refNameProblem(branch)
  const writer = chosen ?? (models && { provider: models.default_provider, model: models.default_model })
  const source =
    address.kind === 'url' ? { repo_url: address.url } : address.kind === 'path' ? { repo_path: address.path } : null
  const canSend = source !== null && branchProblem === null && Boolean(writer?.model.trim())

  const options = writer && { ai_provider: writer.provider, ai_model: writer.model.trim() }
  const request =
    canSend && source && options ? { ...source, ...options, branch, repo_type: repoType || undefined, force } : null

  async function submit() {
    if (request && (await send(() => start(request)))) onClose()
  }

  return (
    <FormDialog
      title="New generation"
      description="Reads one branch of a Git repository and writes documentation that is checked against its code."
      action="Start generation"
      busy={busy}
      canSend={canSend}
      problem={problem ?? modelsProblem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Repository"
        problem={address.kind === 'refused' ? address.reason : null}
        hint={<AddressHint address={address} />}
      >
        {(field) => (
          <input
            {...field}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder="https://github.com/owner/name"
            autoComplete="off"
            spellCheck={false}
            className={`${INPUT_LOOK} font-mono`}
          />
        )}
      </Field>
      <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
        <BranchField branch={branch} problem={branchProblem} address={address} onChange={setBranch} />
        <Field label="Repository type">
          {(field) => (
            <select
              {...field}
              value={repoType}
              onChange={(event) => setRepoType(event.target.value as RepoType | '')}
              className={INPUT_LOOK}
            >
              <option value="">Detect it</option>
              {REPO_TYPES.map((type) => (
                <option key={type} value={type}>
                  {TYPE_LABELS[type]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {models && writer ? (
        <WriterFields models={models} choice={writer} onChange={setChosen} />
      ) : (
        <div aria-hidden="true" className="skeleton h-16" />
      )}
      <ForceChoice checked={force} onChange={setForce} />
      {writer && writer.provider !== 'builtin' && <EstimateSection request={request} />}
    </FormDialog>
  )
}

function AddressHint({ address }: { address: TypedAddress }) {
  if (address.kind === 'url')
    return (
      <span className="text-green">
        {address.repository} on {address.host}
        {address.hasToken && ', with a token for this run only'}
      </span>
    )
  if (address.kind === 'path') return <span className="text-green">The folder {address.name} on the server</span>
  return 'An https or ssh address, as you would give it to git clone'
}

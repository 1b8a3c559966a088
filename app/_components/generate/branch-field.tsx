'use client'

import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import type { TypedAddress } from '#app/_components/generate/read-address.ts'
import { Suggestions } from '#app/_components/generate/suggestions.tsx'
import { useFacts } from '#app/_hooks/use-facts.ts'

interface Props {
  branch: string
  problem: string | null
  address: TypedAddress
  onChange: (branch: string) => void
}

/** The branch, with those that were documented before. */
export function BranchField({ branch, problem, address, onChange }: Props) {
  const { known_branches } = useFacts()
  const name = address.kind === 'url' || address.kind === 'path' ? address.name : ''
  const known = (known_branches[name] ?? []).filter((other) => other !== branch)
  return (
    <div>
      <Field label="Branch" problem={problem}>
        {(field) => (
          <input
            {...field}
            value={branch}
            onChange={(event) => onChange(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            className={`${INPUT_LOOK} font-mono`}
          />
        )}
      </Field>
      <Suggestions label="Branches documented before" values={known} onChoose={onChange} />
    </div>
  )
}

'use client'

import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import type { HookChoice } from '#lib/domain/hooks.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

interface Props {
  /** Of the project. */
  rows: readonly VariantRow[]
  choice: HookChoice
  onChange: (choice: HookChoice) => void
}

/** Which variants an address stands for: of all branches or tags or one, by all writers or one. Nothing where there is one. */
export function HookChoiceFields({ rows, choice, onChange }: Props) {
  const branches = [...new Set(rows.map(({ branch }) => branch))].sort()
  const writers = [...new Set(rows.map(writerOf))].sort()
  const chosenWriter = choice.provider ? `${choice.provider}/${choice.model ?? ''}` : ''

  function chooseWriter(value: string) {
    const row = rows.find((one) => writerOf(one) === value)
    onChange({ ...choice, provider: row?.ai_provider, model: row?.ai_model })
  }

  if (branches.length < 2 && writers.length < 2) return null
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {branches.length > 1 && (
        <Field label="Branch or tag" hint="A push refreshes only what documents it.">
          {(field) => (
            <Choice
              field={field}
              all="All that are pushed"
              values={branches}
              value={choice.branch ?? ''}
              onChange={(branch) => onChange({ ...choice, branch: branch || undefined })}
            />
          )}
        </Field>
      )}
      {writers.length > 1 && (
        <Field label="Written by" hint="Let a model follow a schedule, and a push cost nothing.">
          {(field) => (
            <Choice field={field} all="All of them" values={writers} value={chosenWriter} onChange={chooseWriter} />
          )}
        </Field>
      )}
    </div>
  )
}

interface ChoiceProps {
  field: Parameters<Parameters<typeof Field>[0]['children']>[0]
  /** What no choice is called. */
  all: string
  values: string[]
  value: string
  onChange: (value: string) => void
}

function Choice({ field, all, values, value, onChange }: ChoiceProps) {
  return (
    <select {...field} className={INPUT_LOOK} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{all}</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  )
}

function writerOf({ ai_provider, ai_model }: VariantRow): string {
  return `${ai_provider}/${ai_model}`
}

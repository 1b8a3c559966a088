'use client'

import { useState } from 'react'
import { FormDialog } from '#app/_components/dialogs/form-dialog.tsx'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'
import type { ProjectPlace } from '#lib/api-client.ts'
import type { Steering } from '#lib/domain/steering.ts'
import { formOf, type SteeringForm, steeringFrom } from '#lib/domain/steering-form.ts'

interface Props {
  project: ProjectPlace
  steering: Steering
  onSaved: () => void
  onClose: () => void
}

interface FieldLook {
  name: keyof SteeringForm
  label: string
  hint: string
  /** Of a field with several lines. */
  rows?: number
}

const FIELDS: FieldLook[] = [
  { name: 'audience', label: 'Audience', hint: 'Such as: engineers who run the service' },
  { name: 'tone', label: 'Tone', hint: 'Such as: short and friendly' },
  { name: 'language', label: 'Language', hint: 'Of the text a model writes: en, de, pt-BR' },
  {
    name: 'terms',
    label: 'Terms',
    hint: 'One in a line, such as “sign in: log in, login” to say the first instead of the others',
    rows: 2,
  },
  {
    name: 'pages',
    label: 'Pages',
    hint: 'One in a line, in order: title | page it is now | what it should tell | files',
    rows: 3,
  },
  { name: 'include', label: 'Only these paths', hint: 'One in a line; * inside a name, ** for folders', rows: 2 },
  { name: 'exclude', label: 'Not these paths', hint: 'One in a line', rows: 2 },
]

/** What the owner asks of the documentation, as a form. */
export default function SteeringDialog({ project, steering, onSaved, onClose }: Props) {
  const { api } = useDashboard()
  const { busy, problem, send } = useSending()
  const [form, setForm] = useState(() => formOf(steering))

  async function save() {
    const isDone = await send(async () => {
      await api.setSteering(project, steeringFrom(form))
    })
    if (!isDone) return
    showToast('success', 'The next generation follows your wishes')
    onSaved()
    onClose()
  }

  return (
    <FormDialog
      title="What you ask of the documentation"
      description="Audience, tone, language and terms count where a model writes. The next generation writes what a change concerns."
      action="Save"
      busyAction="Saving…"
      busy={busy}
      canSend
      problem={problem}
      onSubmit={save}
      onClose={onClose}
    >
      {FIELDS.map(({ name, label, hint, rows }) => (
        <Field key={name} label={label} hint={hint}>
          {(field) => {
            const input = {
              ...field,
              value: form[name],
              onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
            }
            return rows ? (
              <textarea {...input} rows={rows} className={`${INPUT_LOOK} h-auto py-1.5`} />
            ) : (
              <input {...input} className={INPUT_LOOK} />
            )
          }}
        </Field>
      ))}
    </FormDialog>
  )
}

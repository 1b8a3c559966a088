'use client'

import { useId } from 'react'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { useFacts } from '#app/_hooks/use-facts.ts'
import type { ModelsResponse } from '#lib/domain/requests.ts'

export interface WriterChoice {
  provider: string
  model: string
}

interface Props {
  models: ModelsResponse
  choice: WriterChoice
  onChange: (choice: WriterChoice) => void
}

const PROVIDER_NAMES: Record<string, string> = { builtin: 'Built-in writer (no AI, free)' }

/** Who writes: provider and model, with the models that are known of it. */
export function WriterFields({ models, choice, onChange }: Props) {
  const listId = useId()
  const known = useFacts().known_models[choice.provider] ?? []
  const offered = models.available_models[choice.provider] ?? []
  const ids = [...new Set([...offered.map(({ id }) => id), ...known])]

  function changeProvider(provider: string) {
    const isDefault = provider === models.default_provider
    onChange({ provider, model: isDefault ? models.default_model : (models.available_models[provider]?.[0]?.id ?? '') })
  }

  return (
    <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
      <Field label="Provider">
        {(field) => (
          <select
            {...field}
            value={choice.provider}
            onChange={(event) => changeProvider(event.target.value)}
            className={INPUT_LOOK}
          >
            {models.providers.map((provider) => (
              <option key={provider} value={provider}>
                {PROVIDER_NAMES[provider] ?? provider}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Model" problem={choice.model.trim() ? null : 'Name a model'}>
        {(field) => (
          <>
            <input
              {...field}
              value={choice.model}
              onChange={(event) => onChange({ ...choice, model: event.target.value })}
              list={listId}
              spellCheck={false}
              className={`${INPUT_LOOK} font-mono`}
            />
            <datalist id={listId}>
              {ids.map((id) => (
                <option key={id} value={id} label={offered.find((model) => model.id === id)?.name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
    </div>
  )
}

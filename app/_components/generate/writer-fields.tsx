'use client'

import { useId } from 'react'
import { Field, INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { Suggestions } from '#app/_components/generate/suggestions.tsx'
import { useFacts } from '#app/_hooks/use-facts.ts'
import type { ModelsResponse } from '#lib/domain/responses.ts'

export interface WriterChoice {
  provider: string
  model: string
}

interface Props {
  models: ModelsResponse
  choice: WriterChoice
  onChange: (choice: WriterChoice) => void
}

const PROVIDER_NAMES: Record<string, string> = {
  builtin: 'Built-in writer (no AI, free)',
  claude: 'Claude Code',
  gemini: 'Gemini CLI',
  cursor: 'Cursor',
  codex: 'OpenAI Codex',
  anthropic: 'Anthropic API',
  openai: 'OpenAI API',
  google: 'Google Gemini API',
  openrouter: 'OpenRouter',
  compatible: 'OpenAI-compatible API',
  ollama: 'Ollama',
}

/** Who writes: provider and model, with the models that are known of it. */
export function WriterFields({ models, choice, onChange }: Props) {
  const known = useFacts().known_models[choice.provider] ?? []
  const offered = models.available_models[choice.provider] ?? []
  const status = models.provider_status?.[choice.provider]
  const reason = status && !status.ready ? `Cannot write now: ${status.reason}` : null
  const ids = [...new Set([...offered.map(({ id }) => id), ...known])]
  const typed = choice.model.trim()
  const reasonId = useId()

  function changeProvider(provider: string) {
    const isDefault = provider === models.default_provider
    onChange({ provider, model: isDefault ? models.default_model : (models.available_models[provider]?.[0]?.id ?? '') })
  }

  function isReady(provider: string): boolean {
    return models.provider_status?.[provider]?.ready !== false
  }

  return (
    <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
      <Field label="Provider" hint={status?.ready ? <span className="text-green">Ready</span> : undefined}>
        {(field) => (
          <select
            {...field}
            aria-describedby={reason ? reasonId : field['aria-describedby']}
            aria-invalid={reason !== null}
            value={choice.provider}
            onChange={(event) => changeProvider(event.target.value)}
            className={INPUT_LOOK}
          >
            <Providers label="Can write now" ids={models.providers.filter(isReady)} />
            <Providers label="Cannot write now" ids={models.providers.filter((provider) => !isReady(provider))} />
          </select>
        )}
      </Field>
      <p id={reasonId} aria-live="polite" className="-mt-3 text-red text-xs empty:hidden sm:order-1 sm:col-span-2">
        {reason}
      </p>
      <Field
        label="Model"
        problem={typed || reason ? null : 'Name a model'}
        hint={ids.length > 1 ? 'Any name, or a part of one below' : undefined}
      >
        {(field) => (
          <input
            {...field}
            value={choice.model}
            onChange={(event) => onChange({ ...choice, model: event.target.value })}
            spellCheck={false}
            autoComplete="off"
            className={`${INPUT_LOOK} font-mono`}
          />
        )}
      </Field>
      <div className="-mt-3 sm:order-2 sm:col-span-2">
        <Suggestions
          label="Models"
          values={suggested(ids, typed)}
          onChoose={(model) => onChange({ ...choice, model })}
        />
      </div>
    </div>
  )
}

function Providers({ label, ids }: { label: string; ids: readonly string[] }) {
  if (ids.length === 0) return null
  return (
    <optgroup label={label}>
      {ids.map((id) => (
        <option key={id} value={id}>
          {PROVIDER_NAMES[id] ?? id}
        </option>
      ))}
    </optgroup>
  )
}

/** Other models; those with what was typed in their names, as long as it is the name of none. */
function suggested(ids: readonly string[], typed: string): string[] {
  const part = ids.includes(typed) ? '' : typed.toLowerCase()
  return ids.filter((id) => id !== typed && id.toLowerCase().includes(part))
}

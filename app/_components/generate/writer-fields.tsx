'use client'

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
  const reason = status && !status.ready ? `Not configured: ${status.reason}` : null
  const ids = [...new Set([...offered.map(({ id }) => id), ...known])]

  function changeProvider(provider: string) {
    const isDefault = provider === models.default_provider
    onChange({ provider, model: isDefault ? models.default_model : (models.available_models[provider]?.[0]?.id ?? '') })
  }

  return (
    <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
      <Field
        label="Provider"
        problem={reason}
        hint={status?.ready ? <span className="text-green">Ready</span> : undefined}
      >
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
                {models.provider_status?.[provider]?.ready === false && ' (not configured)'}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div>
        <Field label="Model" problem={choice.model.trim() ? null : 'Name a model'}>
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
        <Suggestions
          label="Models"
          values={ids.filter((id) => id !== choice.model)}
          onChoose={(model) => onChange({ ...choice, model })}
        />
      </div>
    </div>
  )
}

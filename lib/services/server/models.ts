import { config } from '#lib/config.ts'
import { AVAILABLE_MODELS, PROVIDERS, type Provider } from '#lib/domain/providers.ts'
import type { ModelsResponse } from '#lib/domain/responses.ts'

interface ProviderStatus {
  ready: boolean
  reason: string | null
}

/** Who can write, and who does when nothing is said. */
export function listModels(): ModelsResponse {
  const { aiProvider, aiModel } = config()
  const models = Object.entries(AVAILABLE_MODELS).map(([provider, offered]) => [provider, [...offered]])
  return {
    providers: [...PROVIDERS],
    default_provider: aiProvider,
    default_model: aiModel,
    available_models: Object.fromEntries(models),
    provider_status: { builtin: { ready: true, reason: null } } satisfies Record<Provider, ProviderStatus>,
  }
}

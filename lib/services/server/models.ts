import { discover, type ProviderState } from '#lib/ai/discovery.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { aiAccess, config } from '#lib/config.ts'
import { type AiProvider, AVAILABLE_MODELS, PROVIDERS } from '#lib/domain/providers.ts'
import type { ModelsResponse } from '#lib/domain/responses.ts'
import { remember } from '#lib/remember.ts'

/** Anybody may ask, so vendors are asked at most this often. */
const FRESH_MS = 10 * 60_000
const ASKING_MS = 8000

interface Known {
  atMs: number
  states: Promise<Record<AiProvider, ProviderState>>
}

/** Who can write, with which models and, if not, what is missing; and who does when nothing is said. */
export async function listModels(): Promise<ModelsResponse> {
  const { aiProvider, aiModel } = config()
  const states = { builtin: BUILTIN, ...(await knownStates()) }
  const entries = PROVIDERS.map((provider) => [provider, states[provider]] as const)
  return {
    providers: [...PROVIDERS],
    default_provider: aiProvider,
    default_model: aiModel,
    available_models: Object.fromEntries(entries.map(([provider, { models }]) => [provider, models])),
    provider_status: Object.fromEntries(entries.map(([provider, { ready, reason }]) => [provider, { ready, reason }])),
  }
}

/** Asks every provider again. Throws `forbidden`. */
export async function refreshModels(caller: Principal): Promise<ModelsResponse> {
  needPermission(caller, 'server.inspect')
  known().current = null
  return await listModels()
}

const BUILTIN: ProviderState = { ready: true, reason: null, models: [...AVAILABLE_MODELS.builtin] }

function known(): { current: Known | null } {
  return remember('models', () => ({ current: null }))
}

async function knownStates(): Promise<Record<AiProvider, ProviderState>> {
  const cache = known()
  if (!cache.current || Date.now() - cache.current.atMs > FRESH_MS)
    cache.current = { atMs: Date.now(), states: askAll() }
  return await cache.current.states
}

async function askAll(): Promise<Record<AiProvider, ProviderState>> {
  const signal = AbortSignal.timeout(ASKING_MS)
  const asked = PROVIDERS.filter((provider) => provider !== 'builtin').map(
    async (provider) => [provider, await discover(provider, aiAccess(provider).variables, signal)] as const,
  )
  return Object.fromEntries(await Promise.all(asked)) as Record<AiProvider, ProviderState>
}

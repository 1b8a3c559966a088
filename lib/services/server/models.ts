import { discover, type ProviderState } from '#lib/ai/discovery.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { aiAccess, config } from '#lib/config.ts'
import { type AiProvider, AVAILABLE_MODELS, PROVIDERS } from '#lib/domain/providers.ts'
import type { ModelsResponse } from '#lib/domain/responses.ts'
import { isDocsfyError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { remember } from '#lib/remember.ts'
import { type KnownAnswer, knownAnswer } from './known-answer.ts'

/** Anybody may ask, so vendors are asked at most this often. */
const FRESH_MS = 10 * 60_000
const ASKING_MS = 8000

type States = Record<AiProvider, ProviderState>

/** Who can write, with which models and, if not, what is missing; and who does when nothing is said. */
export async function listModels(): Promise<ModelsResponse> {
  return responseOf(await known().get())
}

/** Asks every provider again. Throws `forbidden`. */
export async function refreshModels(caller: Principal): Promise<ModelsResponse> {
  needPermission(caller, 'server.inspect')
  return responseOf(await known().renewed())
}

const BUILTIN: ProviderState = { ready: true, reason: null, models: [...AVAILABLE_MODELS.builtin] }

function responseOf(known: States): ModelsResponse {
  const { aiProvider, aiModel } = config()
  const states = { builtin: BUILTIN, ...known }
  const entries = PROVIDERS.map((provider) => [provider, states[provider]] as const)
  return {
    providers: [...PROVIDERS],
    default_provider: aiProvider,
    default_model: aiModel,
    available_models: Object.fromEntries(entries.map(([provider, { models }]) => [provider, models])),
    provider_status: Object.fromEntries(entries.map(([provider, { ready, reason }]) => [provider, { ready, reason }])),
  }
}

function known(): KnownAnswer<States> {
  return remember('models', () => knownAnswer(askAll, { freshMs: FRESH_MS }))
}

async function askAll(): Promise<States> {
  const signal = AbortSignal.timeout(ASKING_MS)
  const asked = PROVIDERS.filter((provider) => provider !== 'builtin').map(
    async (provider) => [provider, await stateOf(provider, signal)] as const,
  )
  return Object.fromEntries(await Promise.all(asked)) as States
}

/** One provider that cannot even be asked is no reason to know nothing of the others. */
async function stateOf(provider: AiProvider, signal: AbortSignal): Promise<ProviderState> {
  try {
    const state = await discover(provider, aiAccess(provider).variables, signal)
    if (state.detail) log.info('a provider cannot write', { provider, reason: state.reason, detail: state.detail })
    return state
  } catch (error) {
    log.warn('a provider could not be asked', { provider, error })
    const reason = isDocsfyError(error) ? error.message : 'it could not be asked; the log of the server says why'
    return { ready: false, reason, models: [...AVAILABLE_MODELS[provider]] }
  }
}

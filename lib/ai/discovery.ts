import { type AiProvider, AVAILABLE_MODELS, type ModelName } from '#lib/domain/providers.ts'
import { failureOfError } from './http-call.ts'
import { type HttpProvider, MODEL_LISTS } from './model-lists.ts'
import { programState } from './program-state.ts'
import type { Access } from './sdk-transport.ts'
import { PROGRAMS, type ProgramProvider } from './transports.ts'

export interface ProviderState {
  ready: boolean
  /** What is missing and what to do; null when it can write. */
  reason: string | null
  models: ModelName[]
}

/** Whether a provider can write on this machine now, and with which models. Asks it; ends with the signal. */
export async function discover(provider: AiProvider, access: Access, signal: AbortSignal): Promise<ProviderState> {
  if (isProgram(provider)) {
    const reason = await programState(PROGRAMS[provider], access, signal)
    return { ready: reason === null, reason, models: [...AVAILABLE_MODELS[provider]] }
  }
  return await askedOverHttp(provider, access, signal)
}

function isProgram(provider: AiProvider): provider is ProgramProvider {
  return provider in PROGRAMS
}

async function askedOverHttp(provider: HttpProvider, access: Access, signal: AbortSignal): Promise<ProviderState> {
  const list = MODEL_LISTS[provider]
  const missing = list.missing(access)
  if (missing) return { ready: false, reason: missing, models: [] }
  try {
    const models = await list.models(access, signal)
    return models.length > 0
      ? { ready: true, reason: null, models }
      : { ready: false, reason: `it has no models${list.noModels ? `: ${list.noModels}` : ''}`, models }
  } catch (error) {
    const message = signal.aborted ? 'it did not answer in time' : failureOfError(error).message
    return { ready: false, reason: message, models: [] }
  }
}

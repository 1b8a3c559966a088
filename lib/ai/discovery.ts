import type { AiFailureCode } from '#lib/domain/ai.ts'
import { type AiProvider, AVAILABLE_MODELS, type ModelName } from '#lib/domain/providers.ts'
import type { Access } from './base-urls.ts'
import { failureOfError } from './http-call.ts'
import { type HttpProvider, MODEL_LISTS, type ModelList, RefusedError } from './model-lists.ts'
import { programState } from './program-state.ts'
import { PROGRAMS, type ProgramProvider } from './transports.ts'
import { without } from './without.ts'

export interface ProviderState {
  ready: boolean
  /** What is missing and what to do; null when it can write. */
  reason: string | null
  models: ModelName[]
  /** For the log: what its server said, without keys. */
  detail?: string
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
    const { code, message } = error instanceof RefusedError ? error.failure : failureOfError(error)
    const reason = signal.aborted ? 'it did not answer in time' : reasonOf(error, code, list)
    return { ready: false, reason, models: [], detail: without(access)(message) }
  }
}

/** Anybody may read it, so it holds no word of a server and no address. */
function reasonOf(error: unknown, code: AiFailureCode, { key, address }: ModelList): string {
  if (code === 'auth') return `it refused the key: check ${key}`
  if (code === 'rate' || code === 'quota') return 'it takes no more calls now'
  if (code === 'unreachable') return `it cannot be reached: ${address}`
  if (error instanceof RefusedError) return 'it answered with an error, which the log of the server tells'
  if (error instanceof SyntaxError) return `what answers is no API of models: ${address}`
  return 'the connection to it was lost'
}

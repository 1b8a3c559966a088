import type { AiEvent, AiFailure, AiRequest, CallLimits, Transport } from '#lib/domain/ai.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import type { Access, SdkProvider } from './base-urls.ts'
import { claude } from './claude.ts'
import { codex } from './codex.ts'
import { cursor } from './cursor.ts'
import { failure } from './failures.ts'
import { gemini } from './gemini.ts'
import { type HttpProvider, MODEL_LISTS } from './model-lists.ts'
import { ollamaTransport } from './ollama-transport.ts'
import type { ProgramAdapter } from './program-adapter.ts'
import { programTransport } from './program-transport.ts'
import { sdkTransport } from './sdk-transport.ts'
import { keysOf, without } from './without.ts'

export type ProgramProvider = Exclude<AiProvider, SdkProvider | 'ollama'>

/** The command-line tools docsfy knows. */
export const PROGRAMS: Record<ProgramProvider, ProgramAdapter> = { claude, gemini, cursor, codex }

interface CallOptions {
  access: Access
  limits: CallLimits
}

const viaProgram =
  (provider: ProgramProvider) =>
  ({ access, limits }: CallOptions) => {
    const adapter = PROGRAMS[provider]
    const idleMs = adapter.isSilent ? limits.wallMs : limits.idleMs
    return programTransport({ adapter, access, limits: { ...limits, idleMs } })
  }
const viaSdk = (provider: SdkProvider) => (options: CallOptions) => sdkTransport(provider, options)

const TRANSPORTS: Record<AiProvider, (options: CallOptions) => Transport> = {
  claude: viaProgram('claude'),
  gemini: viaProgram('gemini'),
  cursor: viaProgram('cursor'),
  codex: viaProgram('codex'),
  anthropic: viaSdk('anthropic'),
  openai: viaSdk('openai'),
  google: viaSdk('google'),
  openrouter: viaSdk('openrouter'),
  compatible: viaSdk('compatible'),
  // Nothing comes while it reads the prompt, which takes minutes without a graphics card.
  ollama: ({ access, limits }) => ollamaTransport({ access, limits: { ...limits, startMs: limits.wallMs } }),
}

/** Stands where bytes were that are no text. */
const BROKEN = '\uFFFD'
/** No token of prose or code is so long: what goes on beyond that has no end. */
const CHARS_OF_TOKEN = 16

/**
 * How calls of a provider are made. `access` holds its variables that are set: what is told of failures holds none of them, and
 * answers hold no key.
 */
export function transportOf(provider: AiProvider, options: CallOptions): Transport {
  const transport = TRANSPORTS[provider](options)
  const clean = without(options.access)
  const withoutKeys = without(keysOf(options.access))
  const missing = missingOf(provider, options.access)

  function told(event: AiEvent, request: AiRequest): AiEvent {
    if (event.kind === 'fail')
      return { ...event, message: `${clean(event.message)}${adviceOn(event, { provider, request })}` }
    if (event.kind !== 'done') return event
    const isBroken = event.text.includes(BROKEN) && !request.prompt.includes(BROKEN)
    return isBroken
      ? failure('bad_output', 'the answer holds bytes that are no text')
      : { ...event, text: withoutKeys(event.text) }
  }
  return {
    async *ask(request) {
      if (missing) return yield failure('auth', missing)
      let chars = 0
      for await (const event of transport.ask(request)) {
        if (event.kind === 'delta') chars += event.text.length
        if (chars > request.maxOutputTokens * CHARS_OF_TOKEN)
          return yield failure('bad_output', 'the answer is longer than it may be')
        yield told(event, request)
      }
    },
  }
}

function missingOf(provider: AiProvider, access: Access): string | null {
  return provider in PROGRAMS ? null : MODEL_LISTS[provider as HttpProvider].missing(access)
}

/** What to do, where only a person can mend it and the words before do not say. */
function adviceOn({ code }: AiFailure, { provider, request }: { provider: AiProvider; request: AiRequest }): string {
  const list = provider in PROGRAMS ? null : MODEL_LISTS[provider as HttpProvider]
  if (code === 'auth') return list ? `; check ${list.key}` : ''
  if (code === 'unreachable') return `; ${list?.address ?? 'check the network of the server'}`
  if (code === 'unknown_model') return `; choose another model than "${request.model}" ("docsfy models" lists them)`
  return code === 'quota' ? `; see to the credit or the limits of the account at ${provider}` : ''
}

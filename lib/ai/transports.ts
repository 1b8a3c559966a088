import type { CallLimits, Transport } from '#lib/domain/ai.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import { claude } from './claude.ts'
import { codex } from './codex.ts'
import { cursor } from './cursor.ts'
import { gemini } from './gemini.ts'
import { ollamaTransport } from './ollama-transport.ts'
import type { ProgramAdapter } from './program-adapter.ts'
import { programTransport } from './program-transport.ts'
import { type Access, type SdkProvider, sdkTransport } from './sdk-transport.ts'

export type ProgramProvider = Exclude<AiProvider, SdkProvider | 'ollama'>

/** The command-line tools docsfy knows. */
export const PROGRAMS: Record<ProgramProvider, ProgramAdapter> = { claude, gemini, cursor, codex }

interface CallOptions {
  access: Access
  limits: CallLimits
}

const viaProgram = (provider: ProgramProvider) => (options: CallOptions) =>
  programTransport({ adapter: PROGRAMS[provider], ...options })
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
  ollama: ollamaTransport,
}

/** How calls of a provider are made. `access` holds its variables that are set; secret. */
export function transportOf(provider: AiProvider, options: CallOptions): Transport {
  return TRANSPORTS[provider](options)
}

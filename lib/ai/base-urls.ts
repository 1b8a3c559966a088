import type { AiProvider } from '#lib/domain/providers.ts'

/** Variables of the provider that are set. Secret. */
export type Access = Record<string, string>
export type SdkProvider = Extract<AiProvider, 'anthropic' | 'openai' | 'google' | 'openrouter' | 'compatible'>

interface Base {
  variable: string
  url: string
  /** What the vendors' own tools leave out of the variable. */
  version?: string
}

const BASES: Record<SdkProvider, Base> = {
  anthropic: { variable: 'ANTHROPIC_BASE_URL', url: 'https://api.anthropic.com/v1', version: '/v1' },
  openai: { variable: 'OPENAI_BASE_URL', url: 'https://api.openai.com/v1' },
  google: {
    variable: 'GOOGLE_GEMINI_BASE_URL',
    url: 'https://generativelanguage.googleapis.com/v1beta',
    version: '/v1beta',
  },
  openrouter: { variable: 'OPENROUTER_BASE_URL', url: 'https://openrouter.ai/api/v1' },
  compatible: { variable: 'COMPATIBLE_BASE_URL', url: '' },
}

/** Where an API is, without a slash at its end. An address without a path gets the version that belongs to the API. */
export function baseUrlOf(provider: SdkProvider, access: Access): string {
  const { variable, url, version = '' } = BASES[provider]
  const given = (access[variable] ?? url).trim().replace(/\/+$/, '')
  return /^https?:\/\/[^/]+$/i.test(given) ? `${given}${version}` : given
}

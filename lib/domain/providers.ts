/** Who can write the prose. `builtin` needs no AI and is the default. */
export const PROVIDERS = [
  'builtin',
  'claude',
  'gemini',
  'cursor',
  'codex',
  'anthropic',
  'openai',
  'google',
  'openrouter',
  'compatible',
  'ollama',
] as const
export type Provider = (typeof PROVIDERS)[number]
export type AiProvider = Exclude<Provider, 'builtin'>

export const BUILTIN_MODEL = 'static'

export interface ModelName {
  id: string
  name: string
}

/** A command-line tool's own choice of model. */
export const DEFAULT_MODEL = 'default'

const ownChoice = { id: DEFAULT_MODEL, name: 'What the tool itself chooses' }

/** Models that are offered without asking anybody, in the order they are listed; every other name may be typed. */
export const AVAILABLE_MODELS = {
  builtin: [{ id: BUILTIN_MODEL, name: 'Built-in writer' }],
  // Short names that Claude Code resolves to the newest model of each size (code.claude.com/docs/en/model-config).
  claude: [
    ownChoice,
    { id: 'sonnet', name: 'Newest Sonnet' },
    { id: 'opus', name: 'Newest Opus' },
    { id: 'haiku', name: 'Newest Haiku' },
  ],
  gemini: [ownChoice],
  cursor: [ownChoice],
  codex: [ownChoice],
  anthropic: [],
  openai: [],
  google: [],
  openrouter: [],
  compatible: [],
  ollama: [],
} as const satisfies Record<Provider, readonly ModelName[]>

/** Environment variables each provider may see; all that a call of it is given. Their values are secret. */
export const PROVIDER_VARIABLES = {
  builtin: [],
  claude: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'CLAUDE_CODE_OAUTH_TOKEN', 'CLAUDE_CONFIG_DIR'],
  gemini: [
    'GEMINI_API_KEY',
    'GOOGLE_API_KEY',
    'GOOGLE_GENAI_USE_VERTEXAI',
    'GOOGLE_CLOUD_PROJECT',
    'GOOGLE_CLOUD_LOCATION',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'GOOGLE_GEMINI_BASE_URL',
  ],
  cursor: ['CURSOR_API_KEY'],
  codex: ['CODEX_API_KEY', 'CODEX_HOME', 'OPENAI_BASE_URL'],
  anthropic: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'],
  openai: ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
  google: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GEMINI_BASE_URL'],
  openrouter: ['OPENROUTER_API_KEY', 'OPENROUTER_BASE_URL'],
  compatible: ['COMPATIBLE_BASE_URL', 'COMPATIBLE_API_KEY'],
  ollama: ['OLLAMA_HOST', 'OLLAMA_API_KEY', 'OLLAMA_CONTEXT_LENGTH'],
} as const satisfies Record<Provider, readonly string[]>

const MODEL_PATTERN = /^(?!.*(?:\.\.|\/\/))[A-Za-z0-9][\w.:/@+-]{0,127}$/

/** Why this cannot be a model of the provider; null when it can, which is for the provider to decide. */
export function modelProblem(provider: Provider, model: string | undefined): string | null {
  if (!model) return `Name a model of ${provider}`
  if (provider === 'builtin')
    return model === BUILTIN_MODEL ? null : `Unknown model "${model}" of builtin: use ${BUILTIN_MODEL}`
  return MODEL_PATTERN.test(model) ? null : `"${model.slice(0, 40)}" is no name of a model`
}

export interface WriterNames {
  provider: string
  model: string
}

export type ChosenWriter =
  | { ok: true; provider: Provider; model: string }
  | { ok: false; field: 'provider' | 'model'; problem: string }

/** Who writes when only a part is named: a model that is not named is the default's own, or the first its provider offers. */
export function chooseWriter(wanted: Partial<WriterNames>, defaults: WriterNames): ChosenWriter {
  const named = wanted.provider ?? defaults.provider
  const provider = PROVIDERS.find((known) => known === named)
  if (!provider)
    return { ok: false, field: 'provider', problem: `Unknown provider "${named}": use one of ${PROVIDERS.join(', ')}` }
  const offered: readonly ModelName[] = AVAILABLE_MODELS[provider]
  const model = wanted.model ?? (provider === defaults.provider ? defaults.model : offered[0]?.id)
  const problem = modelProblem(provider, model)
  return model && !problem
    ? { ok: true, provider, model }
    : { ok: false, field: 'model', problem: problem ?? `Name a model of ${provider}` }
}

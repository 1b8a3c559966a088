/** Who can write the prose. `builtin` needs no AI and is the default. */
export const PROVIDERS = ['builtin'] as const
export type Provider = (typeof PROVIDERS)[number]

export const BUILTIN_MODEL = 'static'

export interface ModelName {
  id: string
  name: string
}

/** Models offered per provider, in the order they are listed. */
export const AVAILABLE_MODELS = {
  builtin: [{ id: BUILTIN_MODEL, name: 'Built-in writer' }],
} as const satisfies Record<Provider, readonly ModelName[]>

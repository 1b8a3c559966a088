import { PROVIDERS, type Provider } from '#lib/domain/providers.ts'

/** Costs nothing and asks nobody. */
const FREE: Provider = 'builtin'

/** How many runs of one provider may work at the same time. */
export interface ProviderLimits {
  /** For every AI provider that is not named; null: any number. */
  others: number | null
  named: Record<string, number>
}

/**
 * Reads `2,claude=4`: a number for every AI provider, and numbers for single ones. The built-in writer has no
 * limit unless it is named. Throws an Error with a sentence when it cannot be read.
 */
export function parseProviderLimits(text: string): ProviderLimits {
  const limits: ProviderLimits = { others: null, named: {} }
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue
    const [, name, number] = /^(?:([a-z]+)=)?([1-9]\d{0,5})$/.exec(part) ?? []
    if (!number) throw new Error(`"${part}" is neither a number from 1 on nor PROVIDER=NUMBER`)
    if (name === undefined) limits.others = Number(number)
    else if (PROVIDERS.some((provider) => provider === name)) limits.named[name] = Number(number)
    else throw new Error(`there is no provider "${name}", only ${PROVIDERS.join(', ')}`)
  }
  return limits
}

/** Why the text cannot be read as limits; null when it can. */
export function providerLimitsProblem(text: string): string | null {
  try {
    parseProviderLimits(text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Runs of this provider that may work at the same time; Infinity without a limit. */
export function providerLimit({ others, named }: ProviderLimits, provider: string): number {
  const own = named[provider]
  if (own !== undefined) return own
  return provider === FREE || others === null ? Number.POSITIVE_INFINITY : others
}

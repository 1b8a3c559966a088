import { withRetries } from '#lib/ai/attempts.ts'
import { withKeptReplies } from '#lib/ai/kept-replies.ts'
import { metered } from '#lib/ai/metering.ts'
import { withOutputLimit } from '#lib/ai/output-limit.ts'
import { placesOf } from '#lib/ai/places.ts'
import { readOwnPrices } from '#lib/ai/price-file.ts'
import { outputLimitOf, priceOf } from '#lib/ai/prices.ts'
import { replyStore } from '#lib/ai/reply-store.ts'
import { withinBudget } from '#lib/ai/within-budget.ts'
import type { CallLimits, Transport } from '#lib/domain/ai.ts'
import type { Purse } from '#lib/domain/budgets.ts'
import type { AiAccess } from '#lib/domain/job.ts'
import { type AiProvider, BUILTIN_MODEL, PROVIDERS, type Provider } from '#lib/domain/providers.ts'
import type { Writer } from '#lib/domain/writer.ts'
import { DocsfyError } from '#lib/errors.ts'
import { aiWriter } from '#lib/writers/ai/ai-writer.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'

const NO_ACCESS: AiAccess = { variables: {}, callTimeoutMs: 600_000 }
const START_MS = 60_000
const IDLE_MS = 120_000

interface WriterChoice {
  provider: string
  model: string
  ai?: AiAccess
  /** Everything is written anew: also what nothing could be made of is asked for again. */
  force?: boolean
  /** Absent: nothing limits what is spent. */
  purse?: Purse
}

/** The writer of a provider and model. Throws a DocsfyError `invalid_input` that names the known providers. */
export function writerFor({ provider: wanted, model, ai = NO_ACCESS, force = false, purse }: WriterChoice): Writer {
  const provider = knownProvider(wanted)
  if (provider === 'builtin') return builtin(model)
  const limits: CallLimits = {
    startMs: Math.min(START_MS, ai.callTimeoutMs),
    idleMs: Math.min(IDLE_MS, ai.callTimeoutMs),
    wallMs: ai.callTimeoutMs,
  }
  const price = priceOf(provider, model, ai.prices ? readOwnPrices(ai.prices) : null)
  const longest = price?.maxOutputTokens ?? outputLimitOf(provider, model)
  const calls = { limitMs: limits.wallMs, places: placesOf(provider) }
  const told = metered(withOutputLimit(lateTransport(provider, { access: ai.variables, limits }), longest), price)
  const transport = withRetries(purse ? withinBudget(told, { purse, price }) : told, calls)
  const store = ai.replies && replyStore(ai.replies)
  const keeping = store && { store, provider, access: ai.variables, asksAgain: force }
  return aiWriter({ provider, model, price, transport: keeping ? withKeptReplies(transport, keeping) : transport })
}

interface Reached {
  access: Record<string, string>
  limits: CallLimits
}

/** The vendors' libraries take a fifth of a second to load, which only those pay who ask a model. */
function lateTransport(provider: AiProvider, reached: Reached): Transport {
  return {
    async *ask(request) {
      const { transportOf } = await import('#lib/ai/transports.ts')
      yield* transportOf(provider, reached).ask(request)
    },
  }
}

function knownProvider(wanted: string): Provider {
  const known = PROVIDERS.find((one) => one === wanted)
  if (known) return known
  throw new DocsfyError('invalid_input', `There is no provider "${wanted}"; use ${PROVIDERS.join(', ')}`)
}

function builtin(model: string): Writer {
  if (model === BUILTIN_MODEL) return builtinWriter
  throw new DocsfyError('invalid_input', `Provider "builtin" has no model "${model}"; use "${BUILTIN_MODEL}"`)
}

import type { AiEvent, AiFailureCode, AiRequest, AiUsage, Transport } from '#lib/domain/ai.ts'
import { costOf, type Price } from './prices.ts'
import { tokensOf, tokenWeight } from './token-count.ts'

/** The provider had begun to work, which it charges whether or not we hear the end. */
const CHARGED = new Set<AiFailureCode>([
  'timeout_idle',
  'timeout_wall',
  'cancelled',
  'truncated',
  'no_result',
  'bad_output',
])

/**
 * A transport that tells what every call costs. Where the provider tells no tokens although it has worked, they are counted
 * from the text that was sent and came back, and marked as an estimate.
 */
export function metered(transport: Transport, price: Price | null): Transport {
  return {
    async *ask(request) {
      const seen: Seen = { isTold: false, hasBegun: false, tokens: 0 }
      for await (const event of transport.ask(request)) {
        if (event.kind === 'usage' && saysNothing(event.usage)) continue
        note(event, seen)
        if (!seen.isTold && hasWorked(event, seen)) yield priced(estimate(request, event, seen), price)
        yield event.kind === 'usage' ? priced(event.usage, price) : event
      }
    },
  }
}

/** What a call has told so far. */
interface Seen {
  isTold: boolean
  hasBegun: boolean
  /** Of the answer, as far as it has come. */
  tokens: number
}

function note(event: AiEvent, seen: Seen): void {
  if (event.kind === 'start') seen.hasBegun = true
  if (event.kind === 'delta') seen.tokens += tokenWeight(event.text)
  if (event.kind === 'usage') seen.isTold = true
}

function priced(usage: AiUsage, price: Price | null): AiEvent {
  return { kind: 'usage', usage: { ...usage, costUsd: costOf(usage, price) } }
}

/** Tokens of what is sent, told rather too high. */
export function sentTokens({ system, prompt }: Pick<AiRequest, 'system' | 'prompt'>): number {
  return tokensOf(system + prompt)
}

/** Servers that count no tokens are read as if they said zero; no call takes none. */
function saysNothing({ inputTokens, outputTokens, costUsd }: AiUsage): boolean {
  return inputTokens === 0 && outputTokens === 0 && !costUsd
}

function hasWorked(event: AiEvent, { hasBegun, tokens }: Seen): boolean {
  if (event.kind === 'done') return true
  return event.kind === 'fail' && (tokens > 0 || (hasBegun && CHARGED.has(event.code)))
}

function estimate(request: AiRequest, event: AiEvent, { tokens }: Seen): AiUsage {
  return {
    inputTokens: sentTokens(request),
    outputTokens: event.kind === 'done' ? tokensOf(event.text) : Math.ceil(tokens),
    cachedTokens: 0,
    costUsd: null,
    isEstimate: true,
  }
}

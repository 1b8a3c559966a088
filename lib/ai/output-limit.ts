import type { AiRequest, Transport } from '#lib/domain/ai.ts'

/** Below that no page can be written. */
const LEAST = 256
/**
 * How vendors say that an answer may not be so long, each with the limit: Anthropic ("max_tokens: 16000 > 8192, which is the
 * maximum"), OpenAI ("supports at most 16384 completion tokens"), Google ("supported range is from 1 (inclusive) to 8193
 * (exclusive)"), DeepSeek ("valid range of max_tokens is [1, 8192]"), Groq and others ("less than or equal to `8192`").
 */
const NAMED: readonly [RegExp, less: number][] = [
  [/max_(?:completion_|output_)?tokens: \d+ > (\d+)/i, 0],
  [/supports at most (\d+) (?:completion|output) tokens/i, 0],
  [/supported range is from \d+ \(inclusive\) to (\d+) \(exclusive\)/i, 1],
  [/range of max_(?:completion_|output_)?tokens is \[\d+, ?(\d+)\]/i, 0],
  [/max_(?:completion_|output_)?tokens\W+must be less than or equal to\W+(\d+)/i, 0],
]

/**
 * A transport that asks for no longer answers than the model gives: as far as is known beforehand, else as its first refusal
 * says, after which the call is made once more.
 */
export function withOutputLimit(transport: Transport, known: number | null): Transport {
  let limit = known ?? Number.POSITIVE_INFINITY
  const within = (request: AiRequest) => ({ ...request, maxOutputTokens: Math.min(request.maxOutputTokens, limit) })
  return {
    async *ask(request) {
      const first = within(request)
      for await (const event of transport.ask(first)) {
        const named = event.kind === 'fail' ? namedLimit(event.message) : null
        if (named === null || named >= first.maxOutputTokens) {
          yield event
          continue
        }
        limit = named
        return yield* transport.ask(within(request))
      }
    },
  }
}

/** The most tokens an answer may have, as a refusal says; null when it says nothing of that. */
export function namedLimit(message: string): number | null {
  for (const [pattern, less] of NAMED) {
    const number = Number(pattern.exec(message)?.[1] ?? Number.NaN) - less
    if (number >= LEAST) return number
  }
  return null
}

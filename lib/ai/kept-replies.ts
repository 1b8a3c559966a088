import { createHash } from 'node:crypto'
import type { AiRequest, AiUsage, Transport } from '#lib/domain/ai.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import type { Access } from './base-urls.ts'
import { failure } from './failures.ts'
import type { ReplyStore } from './reply-store.ts'

/** Raise it when the same request is sent in another way. */
const KEY_VERSION = 1
/** What changes the answer besides the request: where the provider is, and how much it reads. */
const PLACES = /_(BASE_URL|HOST|CONTEXT_LENGTH)$/

interface Keeping {
  store: ReplyStore
  provider: AiProvider
  access: Access
  /** Whether replies that were refused are asked for again. */
  asksAgain: boolean
}

/** A transport that answers a request it has had before with the reply it got then, at no cost. Only whole replies are kept. */
export function withKeptReplies(transport: Transport, { store, provider, access, asksAgain }: Keeping): Transport {
  return {
    async *ask(request) {
      if (request.signal.aborted) return yield failure('cancelled', 'the call was cancelled')
      const key = keyOf(request, { provider, access })
      const kept = await store.read(key)
      const refuse = async () => await store.refuse(key)
      if (kept && !(kept.isRefused && asksAgain)) {
        yield { kind: 'start' }
        yield { kind: 'usage', usage: { ...NOTHING, reusedTokens: kept.inputTokens + kept.outputTokens } }
        return yield { kind: 'done', text: kept.text, refuse }
      }
      let usage = NOTHING
      for await (const event of transport.ask(request)) {
        if (event.kind === 'usage') usage = event.usage
        if (event.kind === 'done') {
          await store.keep(key, { text: event.text, ...usage })
          yield { ...event, refuse }
        } else yield event
      }
    },
  }
}

const NOTHING: AiUsage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, costUsd: 0 }

/**
 * SHA-256 of everything the answer depends on. It needs the whole prompt, so only who has the text that is in it can find the
 * reply: users share replies, but nothing they could not have had.
 */
function keyOf(request: AiRequest, { provider, access }: Pick<Keeping, 'provider' | 'access'>): string {
  const places = Object.entries(access)
    .filter(([name]) => PLACES.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const { model, system, prompt, maxOutputTokens } = request
  const asked = JSON.stringify([KEY_VERSION, provider, places, model, maxOutputTokens, system, prompt])
  return createHash('sha256').update(asked).digest('hex')
}

import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { AiEvent, AiUsage, CallLimits, Transport } from '#lib/domain/ai.ts'
import { type Access, baseUrlOf, type SdkProvider } from './base-urls.ts'
import { failure } from './failures.ts'
import { failureOfError, type HttpCall, underLimits } from './http-call.ts'
import { amount, count } from './program-adapter.ts'

const CUT = 'the answer ended before it was complete'

type ModelOf = (model: string, call: { access: Access; fetch: typeof fetch }) => LanguageModelV4

const MODELS: Record<SdkProvider, ModelOf> = {
  anthropic: (model, { access, fetch }) =>
    createAnthropic({ apiKey: access.ANTHROPIC_API_KEY ?? '', baseURL: baseUrlOf('anthropic', access), fetch })(model),
  openai: (model, { access, fetch }) =>
    createOpenAI({ apiKey: access.OPENAI_API_KEY ?? '', baseURL: baseUrlOf('openai', access), fetch }).chat(model),
  google: (model, { access, fetch }) =>
    createGoogle({
      apiKey: access.GEMINI_API_KEY ?? access.GOOGLE_API_KEY ?? '',
      baseURL: baseUrlOf('google', access),
      fetch,
    })(model),
  openrouter: (model, { access, fetch }) =>
    createOpenAICompatible({
      name: 'openrouter',
      baseURL: baseUrlOf('openrouter', access),
      apiKey: access.OPENROUTER_API_KEY ?? '',
      includeUsage: true,
      // Asks for the price of the call (openrouter.ai/docs/use-cases/usage-accounting).
      transformRequestBody: (body) => ({ ...body, usage: { include: true } }),
      fetch,
    })(model),
  compatible: (model, { access, fetch }) =>
    createOpenAICompatible({
      name: 'compatible',
      baseURL: baseUrlOf('compatible', access),
      apiKey: access.COMPATIBLE_API_KEY,
      includeUsage: true,
      fetch,
    })(model),
}

/** Asks a model over HTTP, streaming, through the vendor's protocol as the AI SDK speaks it. */
export function sdkTransport(
  provider: SdkProvider,
  { access, limits }: { access: Access; limits: CallLimits },
): Transport {
  return {
    ask: (request) =>
      underLimits(request, limits, (call) =>
        streamed(MODELS[provider](request.model, { access, fetch: call.fetch }), call),
      ),
  }
}

async function* streamed(model: LanguageModelV4, { request, signal }: HttpCall): AsyncGenerator<AiEvent> {
  const { stream } = await model.doStream({
    prompt: [
      { role: 'system', content: request.system },
      { role: 'user', content: [{ type: 'text', text: request.prompt }] },
    ],
    maxOutputTokens: request.maxOutputTokens,
    abortSignal: signal,
  })
  yield { kind: 'start' }
  let answer = ''
  for await (const part of stream) {
    if (part.type === 'text-delta') {
      answer += part.delta
      yield { kind: 'delta', text: part.delta }
    } else if (part.type === 'error') {
      return yield failureOfError(part.error)
    } else if (part.type === 'finish') {
      yield { kind: 'usage', usage: usageOf(part.usage) }
      return yield endOf(part.finishReason, answer)
    }
  }
  yield failure('no_result', CUT)
}

type Finish = Extract<LanguageModelV4StreamPart, { type: 'finish' }>

/** Numbers of a server, which may be anything: negative ones, and more cached tokens than there were, would make a cost absurd. */
function usageOf({ inputTokens: input, outputTokens: output, raw }: Finish['usage']): AiUsage {
  const inputTokens = count(input.total)
  return {
    inputTokens,
    outputTokens: count(output.total),
    cachedTokens: Math.min(count(input.cacheRead), inputTokens),
    costUsd: amount(raw?.cost),
  }
}

function endOf({ unified, raw }: Finish['finishReason'], text: string): AiEvent {
  if (unified === 'length') return failure('truncated', 'the answer was cut off at the limit of output tokens')
  if (unified === 'content-filter') return failure('bad_output', 'the provider withheld the answer (content filter)')
  if (unified === 'error')
    return failure('other', `the model stopped with an error (${raw ?? 'unknown'})`, { retryable: true })
  if (unified === 'interrupted' || (unified === 'other' && raw === undefined)) return failure('no_result', CUT)
  return text.trim() ? { kind: 'done', text } : failure('no_result', 'the answer was empty')
}

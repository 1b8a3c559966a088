import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { AiEvent, AiUsage, CallLimits, Transport } from '#lib/domain/ai.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import { failure } from './failures.ts'
import { failureOfError, type HttpCall, underLimits } from './http-call.ts'

const CUT = 'the answer ended before it was complete'
const OPENROUTER = 'https://openrouter.ai/api/v1'

/** Variables of the provider that are set. Secret. */
export type Access = Record<string, string>
type ModelOf = (model: string, call: { access: Access; fetch: typeof fetch }) => LanguageModelV4

export type SdkProvider = Extract<AiProvider, 'anthropic' | 'openai' | 'google' | 'openrouter' | 'compatible'>

const MODELS: Record<SdkProvider, ModelOf> = {
  anthropic: (model, { access, fetch }) =>
    createAnthropic({ apiKey: access.ANTHROPIC_API_KEY ?? '', baseURL: access.ANTHROPIC_BASE_URL, fetch })(model),
  openai: (model, { access, fetch }) =>
    createOpenAI({ apiKey: access.OPENAI_API_KEY ?? '', baseURL: access.OPENAI_BASE_URL, fetch }).chat(model),
  google: (model, { access, fetch }) =>
    createGoogle({
      apiKey: access.GEMINI_API_KEY ?? access.GOOGLE_API_KEY ?? '',
      baseURL: access.GOOGLE_GEMINI_BASE_URL,
      fetch,
    })(model),
  openrouter: (model, { access, fetch }) =>
    createOpenAICompatible({
      name: 'openrouter',
      baseURL: access.OPENROUTER_BASE_URL ?? OPENROUTER,
      apiKey: access.OPENROUTER_API_KEY ?? '',
      includeUsage: true,
      // Asks for the price of the call (openrouter.ai/docs/use-cases/usage-accounting).
      transformRequestBody: (body) => ({ ...body, usage: { include: true } }),
      fetch,
    })(model),
  compatible: (model, { access, fetch }) =>
    createOpenAICompatible({
      name: 'compatible',
      baseURL: access.COMPATIBLE_BASE_URL ?? '',
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

function usageOf({ inputTokens, outputTokens, raw }: Finish['usage']): AiUsage {
  return {
    inputTokens: inputTokens.total ?? 0,
    outputTokens: outputTokens.total ?? 0,
    cachedTokens: inputTokens.cacheRead ?? 0,
    costUsd: typeof raw?.cost === 'number' ? raw.cost : null,
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

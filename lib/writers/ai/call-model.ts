import type { Price } from '#lib/ai/prices.ts'
import type { AiFailure, AiUsage, Answered, Transport } from '#lib/domain/ai.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import { abortError, DocsfyError } from '#lib/errors.ts'
import { maskedSecrets } from '#lib/writers/builtin/masked-secrets.ts'

/** A reply with more characters than this for every token it may have was not written by the rules. */
const CHARS_OF_TOKEN = 4
/** The provider cannot write at all: the run ends instead of standing in for every page, unless it has answered before. */
const FATAL = new Set(['auth', 'quota', 'missing_binary', 'unknown_model', 'unreachable'])

/** The model of one run. */
export interface Model {
  provider: AiProvider
  model: string
  /** Tells what its calls cost. */
  transport: Transport
  /** Null when it is not known. */
  price: Price | null
  /** Whatever it was asked for. */
  run: { hasAnswered: boolean }
}

export interface Question {
  /** Standing instructions. */
  system: string
  prompt: string
  maxOutputTokens: number
  spent: (usage: AiUsage) => void
  signal: AbortSignal
}

/** An answer, or why there is none. */
export type Reply = ({ text: string } | { problem: string }) & Pick<Answered, 'refuse'>

/**
 * One call: the answer without secrets, or why there is none. Throws `unavailable` when the provider cannot write at all,
 * and the abort error.
 */
export async function callModel(
  { provider, model, transport, run }: Model,
  { spent, ...question }: Question,
): Promise<Reply> {
  let end: Answered | AiFailure | null = null
  let isKept = false
  for await (const event of transport.ask({ model, ...question })) {
    if (event.kind === 'usage') {
      isKept = event.usage.reusedTokens !== undefined
      spent(event.usage)
    } else if (event.kind === 'done' || event.kind === 'fail') end = event
  }
  if (question.signal.aborted) throw abortError()
  if (end?.kind === 'done') {
    // A reply that was kept does not say that it could answer now.
    run.hasAnswered ||= !isKept
    const isEndless = end.text.length > question.maxOutputTokens * CHARS_OF_TOKEN
    const { refuse } = end
    return isEndless ? { problem: 'it is too long', refuse } : { text: maskedSecrets(end.text), refuse }
  }
  const message = end?.message ?? 'the call ended without an answer'
  if (end && FATAL.has(end.code) && !run.hasAnswered)
    throw new DocsfyError('unavailable', `${provider} cannot write: ${message}`)
  return { problem: message }
}

/** Where replies are kept, marks these as refused. */
export async function refuseAll(replies: readonly Reply[]): Promise<void> {
  await Promise.all(replies.map(async ({ refuse }) => await refuse?.()))
}

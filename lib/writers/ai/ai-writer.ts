import { costOf, priceOf } from '#lib/ai/prices.ts'
import type { AiEvent, AiUsage, Transport } from '#lib/domain/ai.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import type { Evidence, WriteRequest, Writer, Written } from '#lib/domain/writer.ts'
import { abortError, DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { draftPage } from '#lib/writers/builtin/composers.ts'
import { pageManifest } from '#lib/writers/page-manifest.ts'
import { refusal } from './accept.ts'
import { cleanReply } from './clean-reply.ts'
import { type ContextPack, citedRanges, contextPack, type Excerpt, tokensOf } from './context-pack.ts'
import { instructionsFor, repairPrompt } from './instructions.ts'
import { withoutClaims } from './without-claims.ts'

/** Raise it when prompts or the way replies are judged change: the same facts may then give another page. */
const AI_VERSION = 1
const BUDGET_TOKENS = 48_000
const LEAST_OUTPUT_TOKENS = 4000
/** The next page cannot succeed either: the run ends instead of standing in for every page. */
const FATAL = new Set(['auth', 'quota', 'missing_binary', 'unknown_model'])

interface AiWriterOptions {
  provider: AiProvider
  model: string
  transport: Transport
}

/**
 * Writes with a model on top of the built-in writer: its plan, its page as a draft, and its page again wherever the
 * model's is not better by measure. Throws `unavailable` when the provider cannot write at all.
 */
export function aiWriter({ provider, model, transport }: AiWriterOptions): Writer {
  const version = `${provider} ${model} ${AI_VERSION} ${builtinWriter.version}`
  return {
    provider,
    model,
    version,
    plan: (request) => builtinWriter.plan(request),
    manifest({ facts, plan, page }) {
      return pageManifest({ writer: version, kind: page.kind, selected: draftPage(facts, page, plan).selected })
    },
    estimate({ facts, plan, page }) {
      const builtin = draftPage(facts, page, plan).markdown()
      const input = tokensOf(instructionsFor(page.type)) + tokensOf(builtin) * 2 + citedRanges(builtin).length * 300
      const inputTokens = Math.min(BUDGET_TOKENS, input)
      const outputTokens = outputLimit(builtin)
      const costUsd = costOf({ inputTokens, outputTokens, cachedTokens: 0, costUsd: null }, priceOf(provider, model))
      return { inputTokens, outputTokens, costUsd }
    },
    async write(request) {
      throwIfAborted(request.signal)
      const builtin = draftPage(request.facts, request.page, request.plan).markdown()
      const asking = { provider, model, transport, request, builtin, usage: { ...NO_USAGE } }
      const result = await attempt(asking)
      return { usage: asking.usage, ...result }
    },
  }
}

interface Asking extends AiWriterOptions {
  request: WriteRequest
  builtin: string
  /** Summed over the calls of this page. */
  usage: AiUsage
}

const NO_USAGE: AiUsage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, costUsd: null }

type Result = Pick<Written, 'markdown' | 'standIn'>

/** One reply, one round of repair, then what does not hold is taken out; the better page of the two is the answer. */
async function attempt(asking: Asking): Promise<Result> {
  const { request, builtin } = asking
  const { page, evidence } = request
  const pack = await packFor(asking)
  const first = await reply(asking, pack.prompt)
  if ('problem' in first) return standIn(builtin, first.problem)
  const own = await evidence.judge(page.slug, builtin)
  let markdown = first.markdown
  let verdict = await evidence.judge(page.slug, markdown)
  if (verdict.misses.length > 0) {
    const second = await reply(asking, `${pack.prompt}\n\n${repairPrompt(markdown, verdict.misses)}`)
    const again = 'problem' in second ? null : await evidence.judge(page.slug, second.markdown)
    if (again && !('problem' in second) && again.misses.length <= verdict.misses.length) {
      markdown = second.markdown
      verdict = again
    }
  }
  if (verdict.misses.length > own.misses.length) {
    markdown = withoutClaims(markdown, verdict.misses)
    verdict = await evidence.judge(page.slug, markdown)
  }
  const refused = refusal(verdict, own)
  return refused ? standIn(builtin, refused) : { markdown, standIn: null }
}

function standIn(builtin: string, reason: string): Result {
  return { markdown: builtin, standIn: reason }
}

async function packFor({ request, builtin }: Asking): Promise<ContextPack> {
  const { plan, page, evidence } = request
  const excerpts = (await Promise.all(citedRanges(builtin).map((range) => excerptOf(range, evidence)))).flat()
  return contextPack({ plan, page, builtin, excerpts, budgetTokens: BUDGET_TOKENS })
}

async function excerptOf(range: Excerpt['range'], { linesOf }: Evidence): Promise<Excerpt[]> {
  const lines = await linesOf(range.path)
  return lines ? [{ range, lines: lines.slice(range.start - 1, range.end) }] : []
}

async function reply(asking: Asking, prompt: string): Promise<{ markdown: string } | { problem: string }> {
  const { transport, provider, model, request, builtin, usage } = asking
  const { page, signal } = request
  const call = { model, system: instructionsFor(page.type), prompt, maxOutputTokens: outputLimit(builtin), signal }
  let end: Extract<AiEvent, { kind: 'done' | 'fail' }> | null = null
  for await (const event of transport.ask(call)) {
    if (event.kind === 'usage') add(usage, { ...event.usage, costUsd: costOf(event.usage, priceOf(provider, model)) })
    else if (event.kind === 'done' || event.kind === 'fail') end = event
  }
  if (signal.aborted) throw abortError()
  if (end?.kind === 'done') return cleanReply(end.text, page.title)
  const message = end?.message ?? 'the call ended without an answer'
  if (end && FATAL.has(end.code)) throw new DocsfyError('unavailable', `${provider} cannot write: ${message}`)
  return { problem: message }
}

function add(sum: AiUsage, { inputTokens, outputTokens, cachedTokens, costUsd }: AiUsage): void {
  sum.inputTokens += inputTokens
  sum.outputTokens += outputTokens
  sum.cachedTokens += cachedTokens
  if (costUsd !== null) sum.costUsd = (sum.costUsd ?? 0) + costUsd
}

/** Room for a page half as long again, and for the thoughts that come before it. */
function outputLimit(builtin: string): number {
  return LEAST_OUTPUT_TOKENS + Math.ceil(tokensOf(builtin) * 1.5)
}

import { costOf, type Price } from '#lib/ai/prices.ts'
import type { AiEvent, Transport } from '#lib/domain/ai.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import type { Evidence, WriteRequest, Writer, Written } from '#lib/domain/writer.ts'
import { abortError, DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { draftPage } from '#lib/writers/builtin/composers.ts'
import { maskedSecrets } from '#lib/writers/builtin/masked-secrets.ts'
import { pageManifest } from '#lib/writers/page-manifest.ts'
import { newMisses, refusal } from './accept.ts'
import { cleanReply } from './clean-reply.ts'
import {
  type ContextPack,
  citedRanges,
  contextPack,
  type Excerpt,
  estimatedTokens,
  maskedLines,
  tokensOf,
} from './context-pack.ts'
import { foreignText } from './foreign-text.ts'
import { instructionsFor, repairPrompt } from './instructions.ts'
import { withoutClaims } from './without-claims.ts'

/** Raise it when prompts or the way replies are judged change: the same facts may then give another page. */
const AI_VERSION = 2
const BUDGET_TOKENS = 48_000
/** Models that think need room before the page. */
const LEAST_OUTPUT_TOKENS = 16_000
const MOST_OUTPUT_TOKENS = 32_000
/** A reply with more characters than this for every token it may have was not written by the rules. */
const CHARS_OF_TOKEN = 4
/** The provider cannot write at all: the run ends instead of standing in for every page, unless it has answered before. */
const FATAL = new Set(['auth', 'quota', 'missing_binary', 'unknown_model'])

interface AiWriterOptions {
  provider: AiProvider
  model: string
  /** Tells what its calls cost. */
  transport: Transport
  /** Null when it is not known. */
  price: Price | null
}

/**
 * Writes with a model on top of the built-in writer: its plan, its page as a draft, and its page again wherever the
 * model's is not better by measure. Throws `unavailable` when the provider cannot write at all.
 */
export function aiWriter({ provider, model, transport, price }: AiWriterOptions): Writer {
  const run = { hasAnswered: false }
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
      const limit = outputLimit(builtin)
      // Asked twice, the second time with the first answer.
      const asked = tokensOf(instructionsFor(page.type)) + estimatedTokens(builtin, BUDGET_TOKENS)
      const inputTokens = 2 * asked + limit
      const outputTokens = 2 * limit
      const costUsd = costOf({ inputTokens, outputTokens, cachedTokens: 0, costUsd: null }, price)
      return { inputTokens, outputTokens, costUsd }
    },
    async write(request) {
      throwIfAborted(request.signal)
      const builtin = draftPage(request.facts, request.page, request.plan).markdown()
      return await attempt({ provider, model, transport, price, run, request, builtin })
    },
  }
}

interface Asking extends AiWriterOptions {
  /** Of the writer, whichever page it was. */
  run: { hasAnswered: boolean }
  request: WriteRequest
  builtin: string
}

/** One reply, one round of repair, and of the two pages the first that can be taken; the built-in one when neither can. */
async function attempt(asking: Asking): Promise<Written> {
  const { request, builtin } = asking
  const pack = await packFor(asking)
  if (pack.tokens > BUDGET_TOKENS)
    return standIn(builtin, `the page needs about ${pack.tokens} tokens of a prompt, ${BUDGET_TOKENS} are the most`)
  const first = await reply(asking, pack.prompt)
  if ('problem' in first) return standIn(builtin, first.problem)
  const judge = judgeOf(request, `${pack.prompt}\n${builtin}`)
  const own = await judge(builtin)
  const verdict = await judge(first.markdown)
  const misses = newMisses(verdict, own)
  const candidates = [{ markdown: first.markdown, verdict }]
  if (misses.length > 0) {
    const second = await reply(asking, `${pack.prompt}\n\n${repairPrompt(first.markdown, misses)}`)
    if (!('problem' in second)) candidates.unshift({ ...second, verdict: await judge(second.markdown) })
  }
  const reasons: string[] = []
  for (const candidate of candidates) {
    const { markdown, refused } = await sifted(candidate, own, judge)
    if (refused === null) return { markdown, standIn: null }
    reasons.push(refused)
  }
  return standIn(builtin, reasons[0] ?? 'nothing was written')
}

type JudgeText = (markdown: string) => Promise<PageVerdict>

/** Against the commit, and against all that the model was given. */
function judgeOf({ page, evidence }: WriteRequest, material: string): JudgeText {
  return async (markdown) => {
    const verdict = await evidence.judge(page.slug, markdown)
    return { ...verdict, misses: [...verdict.misses, ...foreignText(markdown, material)] }
  }
}

/** The page without what does not hold, and why it is not taken all the same. */
async function sifted(page: { markdown: string; verdict: PageVerdict }, own: PageVerdict, judge: JudgeText) {
  const misses = newMisses(page.verdict, own)
  if (misses.length === 0) return { markdown: page.markdown, refused: refusal(page.verdict, own) }
  const markdown = withoutClaims(page.markdown, misses)
  return { markdown, refused: refusal(await judge(markdown), own) }
}

function standIn(builtin: string, reason: string): Written {
  return { markdown: builtin, standIn: reason }
}

async function packFor({ request, builtin }: Asking): Promise<ContextPack> {
  const { plan, page, evidence } = request
  const shown = new Map<string, Promise<string[] | null>>()
  const linesOf = (path: string) => {
    const lines = shown.get(path) ?? shownLines(path, evidence)
    shown.set(path, lines)
    return lines
  }
  const excerpts = (await Promise.all(citedRanges(builtin).map((range) => excerptsAt(range, linesOf)))).flat()
  return contextPack({ plan, page, builtin, excerpts, budgetTokens: BUDGET_TOKENS })
}

async function shownLines(path: string, { linesOf }: Evidence): Promise<string[] | null> {
  const lines = await linesOf(path)
  return lines && maskedLines(lines)
}

async function excerptsAt(range: SourceRange, linesOf: Evidence['linesOf']): Promise<Excerpt[]> {
  const lines = await linesOf(range.path)
  return lines ? [{ range, lines: lines.slice(range.start - 1, range.end) }] : []
}

async function reply(asking: Asking, prompt: string): Promise<{ markdown: string } | { problem: string }> {
  const { transport, provider, model, request, builtin } = asking
  const { page, signal } = request
  const call = { model, system: instructionsFor(page.type), prompt, maxOutputTokens: outputLimit(builtin), signal }
  let end: Extract<AiEvent, { kind: 'done' | 'fail' }> | null = null
  for await (const event of transport.ask(call)) {
    if (event.kind === 'usage')
      request.spent(event.usage)
    else if (event.kind === 'done' || event.kind === 'fail') end = event
  }
  if (signal.aborted) throw abortError()
  if (end?.kind === 'done') {
    asking.run.hasAnswered = true
    if (end.text.length > call.maxOutputTokens * CHARS_OF_TOKEN) return { problem: 'it is too long' }
    return cleanReply(maskedSecrets(end.text), page.title)
  }
  const message = end?.message ?? 'the call ended without an answer'
  if (end && FATAL.has(end.code) && !asking.run.hasAnswered)
    throw new DocsfyError('unavailable', `${provider} cannot write: ${message}`)
  return { problem: message }
}

/** Room for a page half as long again, and for the thoughts that come before it. */
function outputLimit(builtin: string): number {
  const wanted = LEAST_OUTPUT_TOKENS / 4 + Math.ceil(tokensOf(builtin) * 1.5)
  return Math.min(MOST_OUTPUT_TOKENS, Math.max(LEAST_OUTPUT_TOKENS, wanted))
}

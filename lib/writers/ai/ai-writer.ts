import { costOf, type Price } from '#lib/ai/prices.ts'
import type { Transport } from '#lib/domain/ai.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import type { Evidence, WriteRequest, Writer, Written } from '#lib/domain/writer.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { pageManifest } from '#lib/writers/page-manifest.ts'
import { arrangeWith } from '#lib/writers/plan/ask-plan.ts'
import { mergedDraft } from '#lib/writers/plan/merged-draft.ts'
import { newMisses, refusal, topicFloor } from './accept.ts'
import { callModel, type Model } from './call-model.ts'
import { type Cleaned, cleanReply } from './clean-reply.ts'
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
const AI_VERSION = 3
const BUDGET_TOKENS = 48_000
/** Models that think need room before the page. */
const LEAST_OUTPUT_TOKENS = 16_000
const MOST_OUTPUT_TOKENS = 32_000

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
  const asked: Model = { provider, model, transport, price, run: { hasAnswered: false } }
  const version = `${provider} ${model} ${AI_VERSION} ${builtinWriter.version}`
  return {
    provider,
    model,
    version,
    plan: (request) => builtinWriter.plan(request),
    arrange: (request) => arrangeWith(asked, request),
    manifest({ facts, plan, page }) {
      return pageManifest({ writer: version, kind: page.kind, selected: mergedDraft(facts, page, plan).selected })
    },
    estimate({ facts, plan, page }) {
      const builtin = mergedDraft(facts, page, plan).markdown()
      const limit = outputLimit(builtin)
      // Asked twice, the second time with the first answer.
      const prompt = tokensOf(instructionsFor(page)) + estimatedTokens(builtin, BUDGET_TOKENS)
      const inputTokens = 2 * prompt + limit
      const outputTokens = 2 * limit
      const costUsd = costOf({ inputTokens, outputTokens, cachedTokens: 0, costUsd: null }, price)
      return { inputTokens, outputTokens, costUsd }
    },
    async write(request) {
      throwIfAborted(request.signal)
      const builtin = mergedDraft(request.facts, request.page, request.plan).markdown()
      return await attempt({ model: asked, request, builtin })
    },
  }
}

interface Asking {
  model: Model
  request: WriteRequest
  builtin: string
}

/** One reply, one round of repair, and of the two pages the first that can be taken; the built-in one when neither can. */
async function attempt(asking: Asking): Promise<Written> {
  const { request, builtin } = asking
  const pack = await packFor(asking)
  if (pack.tokens > BUDGET_TOKENS)
    return standIn(asking, `the page needs about ${pack.tokens} tokens of a prompt, ${BUDGET_TOKENS} are the most`)
  const first = await reply(asking, pack.prompt)
  if ('problem' in first) return standIn(asking, first.problem)
  const judge = judgeOf(request, `${pack.prompt}\n${builtin}`)
  const own = floorOf(request, await judge(builtin))
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
  return standIn(asking, reasons[0] ?? 'nothing was written')
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

/** A page that the model itself added has no built-in page that could be published. */
function standIn({ request, builtin }: Asking, reason: string): Written {
  return { markdown: request.page.kind === 'topic' ? null : builtin, standIn: reason }
}

function floorOf({ page }: WriteRequest, own: PageVerdict): PageVerdict {
  return page.kind === 'topic' ? topicFloor(own) : own
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

async function reply({ model, request, builtin }: Asking, prompt: string): Promise<Cleaned> {
  const { page, signal, spent } = request
  const limits = { maxOutputTokens: outputLimit(builtin), signal, spent }
  const answer = await callModel(model, { system: instructionsFor(page), prompt, ...limits })
  return 'problem' in answer ? answer : cleanReply(answer.text, page.title)
}

/** Room for a page half as long again, and for the thoughts that come before it. */
function outputLimit(builtin: string): number {
  const wanted = LEAST_OUTPUT_TOKENS / 4 + Math.ceil(tokensOf(builtin) * 1.5)
  return Math.min(MOST_OUTPUT_TOKENS, Math.max(LEAST_OUTPUT_TOKENS, wanted))
}

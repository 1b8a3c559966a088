import { createHash } from 'node:crypto'
import { costOf, type Price } from '#lib/ai/prices.ts'
import { tokensOf } from '#lib/ai/token-count.ts'
import type { Transport } from '#lib/domain/ai.ts'
import { WISHES_MARK } from '#lib/domain/manifest.ts'
import type { AiProvider } from '#lib/domain/providers.ts'
import type { Writer } from '#lib/domain/writer.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { pageManifest } from '#lib/writers/page-manifest.ts'
import { arrangeWith } from '#lib/writers/plan/ask-plan.ts'
import { mergedDraft } from '#lib/writers/plan/merged-draft.ts'
import { type Model, type Reply, refuseAll } from './call-model.ts'
import { estimatedTokens } from './context-pack.ts'
import { instructionsFor } from './instructions.ts'
import { BUDGET_TOKENS, outputLimit } from './page-task.ts'
import { revised } from './revise-page.ts'
import { REVISION_INSTRUCTIONS } from './revision-prompt.ts'
import { wishesOf } from './wishes.ts'
import { writeAnew } from './write-page.ts'

/** Raise it when prompts or the way replies are judged change: the same facts may then give another page. */
const AI_VERSION = 5

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
      const wishes = wishesOf(plan, page)
      const writer = wishes
        ? `${version}${WISHES_MARK}${createHash('sha256').update(JSON.stringify(wishes)).digest('hex').slice(0, 16)}`
        : version
      return pageManifest({ writer, kind: page.kind, selected: mergedDraft(facts, page, plan).selected })
    },
    estimate({ facts, plan, page, revision }) {
      const builtin = mergedDraft(facts, page, plan).markdown()
      const limit = outputLimit(builtin)
      const shown = estimatedTokens(builtin, BUDGET_TOKENS)
      // Asked twice, the second time with the first answer; a page that is changed may be written anew after all.
      const anew = 2 * (tokensOf(instructionsFor(page)) + shown) + limit
      const changing = revision ? 2 * (tokensOf(REVISION_INSTRUCTIONS) + BUDGET_TOKENS) + limit : 0
      const inputTokens = anew + changing
      const outputTokens = (revision ? 4 : 2) * limit
      const costUsd = costOf({ inputTokens, outputTokens, cachedTokens: 0, costUsd: null }, price)
      return { inputTokens, outputTokens, costUsd, pricesOf: price?.date }
    },
    async write(request) {
      throwIfAborted(request.signal)
      const { facts, page, plan, revision } = request
      const replies: Reply[] = []
      const task = { model: asked, request, builtin: mergedDraft(facts, page, plan).markdown(), replies }
      const written = (revision && (await revised(task, revision))) || (await writeAnew(task))
      if (written.standIn !== null) await refuseAll(replies)
      return written
    },
  }
}

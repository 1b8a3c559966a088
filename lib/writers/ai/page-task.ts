import { tokensOf } from '#lib/ai/token-count.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { withoutAnswer } from '#lib/domain/stand-in.ts'
import type { Evidence, WriteRequest, Written } from '#lib/domain/writer.ts'
import { callModel, type Model, type Reply } from './call-model.ts'
import { type Excerpt, maskedLines } from './context-pack.ts'

export const BUDGET_TOKENS = 48_000
/** Models that think need room before the page. */
const LEAST_OUTPUT_TOKENS = 16_000
const MOST_OUTPUT_TOKENS = 32_000

/** One page to be written. */
export interface PageTask {
  model: Model
  request: WriteRequest
  /** The built-in writer's page. */
  builtin: string
  /** What the model has answered for it. */
  replies: Reply[]
}

/** Room for a page half as long again, and for the thoughts that come before it. */
export function outputLimit(builtin: string): number {
  const wanted = LEAST_OUTPUT_TOKENS / 4 + Math.ceil(tokensOf(builtin) * 1.5)
  return Math.min(MOST_OUTPUT_TOKENS, Math.max(LEAST_OUTPUT_TOKENS, wanted))
}

export async function ask({ model, request, builtin, replies }: PageTask, system: string, prompt: string) {
  const { signal, spent } = request
  const answer = await callModel(model, { system, prompt, maxOutputTokens: outputLimit(builtin), signal, spent })
  replies.push(answer)
  return 'problem' in answer ? { problem: withoutAnswer(answer.problem) } : answer
}

/** A page that the model itself added has no built-in page that could be published. */
export function standIn({ request, builtin }: PageTask, reason: string): Written {
  return { markdown: request.page.kind === 'topic' ? null : builtin, standIn: reason }
}

/** What ranges show, without secrets; each file is read once. */
export async function excerptsOf(ranges: readonly SourceRange[], { linesOf }: Evidence): Promise<Excerpt[]> {
  const shown = new Map<string, Promise<string[] | null>>()
  const read = async (path: string) => {
    const lines = await linesOf(path)
    return lines && maskedLines(lines)
  }
  const excerpt = async (range: SourceRange): Promise<Excerpt[]> => {
    const reading = shown.get(range.path) ?? read(range.path)
    shown.set(range.path, reading)
    const lines = await reading
    return lines ? [{ range, lines: lines.slice(range.start - 1, range.end) }] : []
  }
  return (await Promise.all(ranges.map(excerpt))).flat()
}

import * as z from 'zod/mini'
import { grouped, usdText } from '#lib/domain/cost-text.ts'
import type { PageEstimate } from '#lib/domain/writer.ts'

/** What becomes of a page: written for the first time, written anew, kept or written under a new slug, gone. */
export const PAGE_ACTIONS = ['added', 'rewritten', 'moved', 'removed'] as const

const factChangeSchema = z.object({ fact: z.string(), change: z.string() })

const neededSchema = z.object({
  input_tokens: z.int(),
  output_tokens: z.int(),
  /** Null when the price is not known. */
  cost_usd: z.nullable(z.number()),
})
export type Needed = z.infer<typeof neededSchema>

export const pageUpdateSchema = z.object({
  slug: z.string(),
  title: z.string(),
  action: z.enum(PAGE_ACTIONS),
  /** `moved`: the slug it had. */
  from: z.optional(z.string()),
  /** `removed`: the page readers are led to. */
  to: z.optional(z.string()),
  /** The weightiest facts that changed. */
  reasons: z.array(factChangeSchema),
  /** How many changed besides. */
  more_reasons: z.int(),
  /** What writing it needs at most; absent where no model is asked. */
  needs: z.optional(neededSchema),
})
export type PageUpdate = z.infer<typeof pageUpdateSchema>

/** What a run will change, told before it writes. Part of `plan_json`, as `update`. */
export const planUpdateSchema = z.object({
  /** `full`: every page is written. */
  kind: z.enum(['full', 'incremental']),
  /** Why every page is written; null for an incremental run. */
  reason: z.nullable(z.string()),
  /** The commit of the last finished run; null when there is none. */
  from_commit: z.nullable(z.string()),
  to_commit: z.string(),
  /** Pages whose text stands, and how many of them have citations whose lines moved. */
  kept_pages: z.int(),
  moved_citations_pages: z.int(),
  /** What the writer will need at most. The built-in one needs nothing. */
  input_tokens: z.int(),
  output_tokens: z.int(),
  /** Null when the price is not known. */
  cost_usd: z.nullable(z.number()),
  /** The day the prices are of, `2026-08-05`; absent where none was needed or known. */
  prices_of: z.optional(z.string()),
  /** Every page that is not simply kept. */
  pages: z.array(pageUpdateSchema),
})
export type PlanUpdate = z.infer<typeof planUpdateSchema>

const holderSchema = z.object({ update: planUpdateSchema })

/** The update a stored or announced `plan_json` holds; null when it holds none. */
export function parsePlanUpdate(planJson: string | null | undefined): PlanUpdate | null {
  try {
    const parsed = holderSchema.safeParse(JSON.parse(planJson ?? 'null'))
    return parsed.success ? parsed.data.update : null
  } catch {
    return null
  }
}

/** `Full run: every page is written. …`, or `3 pages are written, 1 removed, 20 kept`. */
export function updateSummary({ kind, reason, pages, kept_pages }: PlanUpdate): string {
  if (kind === 'full') return `Every page is written: ${reason ?? ''}`
  const count = (action: PageUpdate['action']) => pages.filter((page) => page.action === action).length
  const parts = [
    counted(count('rewritten'), 'rewritten'),
    counted(count('added'), 'added'),
    counted(count('moved'), 'moved'),
    counted(count('removed'), 'removed'),
    `${kept_pages} kept`,
  ]
  return parts.filter((part) => part !== null).join(', ')
}

/** The pages people are told of: of a full run, which writes every other one, those whose address changes. */
export function toldPages({ kind, pages }: PlanUpdate): PageUpdate[] {
  return kind === 'full' ? pages.filter(({ action }) => action === 'removed' || action === 'moved') : pages
}

/** `src/auth.ts#login: signature changed`, one line for each reason, and how many more there are. */
export function reasonLines({ reasons, more_reasons }: Pick<PageUpdate, 'reasons' | 'more_reasons'>): string[] {
  const lines = reasons.map(({ fact, change }) => `${fact}: ${change}`)
  return more_reasons > 0 ? [...lines, `and ${more_reasons} more`] : lines
}

/** What a page needs, as the update tells it. */
export function neededTokens({ inputTokens, outputTokens, costUsd }: PageEstimate): Needed {
  return { input_tokens: inputTokens, output_tokens: outputTokens, cost_usd: costUsd }
}

/** The update with what something more needs. */
export function withNeeded(
  update: PlanUpdate,
  { inputTokens, outputTokens, costUsd, pricesOf }: PageEstimate,
): PlanUpdate {
  return {
    ...update,
    input_tokens: update.input_tokens + inputTokens,
    output_tokens: update.output_tokens + outputTokens,
    cost_usd: update.cost_usd === null || costUsd === null ? null : update.cost_usd + costUsd,
    ...(pricesOf === undefined ? {} : { prices_of: pricesOf }),
  }
}

/** `at most 12,000 tokens in, 3,000 out, $0.05`; null where no model is asked. */
export function neededText({ input_tokens, output_tokens, cost_usd }: Needed): string | null {
  if (input_tokens + output_tokens === 0) return null
  const price = cost_usd === null ? 'price not known' : usdText(cost_usd)
  return `at most ${grouped(input_tokens)} tokens in, ${grouped(output_tokens)} out, ${price}`
}

/** What a run needs and of which day its prices are: `at most … $0.05 (prices of 2026-08-05)`. */
export function costOfUpdate(update: PlanUpdate): string {
  const text = neededText(update)
  if (text === null) return 'no tokens, $0.00'
  return update.prices_of === undefined ? text : `${text} (prices of ${update.prices_of})`
}

function counted(number: number, word: string): string | null {
  return number === 0 ? null : `${number} ${word}`
}

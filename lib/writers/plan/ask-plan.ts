import { createHash } from 'node:crypto'
import * as z from 'zod'
import { costOf } from '#lib/ai/prices.ts'
import { tokensOf } from '#lib/ai/token-count.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'
import { styleOf } from '#lib/domain/steering.ts'
import type { Arranged, ArrangeRequest, PageEstimate } from '#lib/domain/writer.ts'
import { callModel, type Model, type Reply, refuseAll } from '#lib/writers/ai/call-model.ts'
import { wishesText } from '#lib/writers/ai/wishes.ts'
import { draftPage } from '#lib/writers/builtin/composers.ts'
import { arrangedPlan, fitted } from './arrange.ts'
import { type Arrangement, arrangementSchema, parseArrangement } from './arrangement.ts'
import { jsonIn } from './json-in.ts'
import { planFaults } from './plan-faults.ts'
import { PLAN_INSTRUCTIONS, planPrompt, planRepairPrompt } from './plan-prompt.ts'
import { missingTitles, wishedPlan } from './wished-plan.ts'

/** Raise it when prompt or rules change: plans are then asked for again. */
const PLAN_VERSION = 2
const BUDGET_TOKENS = 32_000
const MAX_OUTPUT_TOKENS = 16_000
/** A page with all that is told on it, so that its prompt has room for what it cites. */
const MOST_PAGE_TOKENS = 20_000
const MOST_CALLS = 3

/**
 * The plan as the model arranges it. It is asked when the built-in plan has other pages than when it was asked last, at most
 * three times. Where no answer can be followed, the arrangement of the last run stands, else the built-in plan.
 */
export async function arrangeWith(model: Model, request: ArrangeRequest): Promise<Arranged> {
  const { steering, facts } = request
  const arranged = await arrangedBy(model, request)
  const { plan, notices } = wishedPlan(arranged.plan, { steering, facts, mayAdd: true })
  return { ...arranged, plan, notices: [...arranged.notices, ...notices] }
}

async function arrangedBy(model: Model, request: ArrangeRequest): Promise<Arranged> {
  const { plan, facts, kept, mayAsk } = request
  const wishes = planWishes(request)
  const key = keyOf(model, plan, wishes)
  const stored = storedSchema.safeParse(kept).data ?? null
  const rules = rulesOf(request)
  const known = stored && fitted(stored.arrangement, plan, hasFileIn(request))
  // A page that is asked for and not there yet does not take away the rest of what readers know.
  const earlier = known && planFaults(known, { ...rules, wanted: [] }).length === 0 ? known : null
  if (earlier && stored?.key === key && planFaults(earlier, rules).length === 0)
    return { ...settled(plan, earlier), kept }
  const prompt = planPrompt({
    plan,
    facts,
    overview: overviewOf(request),
    wishes,
    earlier,
    budgetTokens: BUDGET_TOKENS,
  })
  const estimate = estimateOf(model, prompt)
  const standing = { ...settled(plan, earlier), kept, estimate }
  if (!mayAsk) return standing
  const asked = await ask(model, prompt, request)
  if ('arrangement' in asked)
    return { ...settled(plan, asked.arrangement), kept: { format: 1, key, arrangement: asked.arrangement }, estimate }
  const what = earlier ? 'the arrangement of the last run stands' : 'the built-in plan stands in'
  return {
    ...standing,
    isStandIn: true,
    notices: [`The plan: ${what} for the one of ${model.provider}: ${asked.problem}`],
  }
}

const storedSchema = z.object({ format: z.literal(1), key: z.string(), arrangement: arrangementSchema })

const FREE: PageEstimate = { inputTokens: 0, outputTokens: 0, costUsd: 0 }

function settled(plan: Plan, arrangement: Arrangement | null): Omit<Arranged, 'kept'> {
  return { plan: arrangement ? arrangedPlan(plan, arrangement) : plan, notices: [], isStandIn: false, estimate: FREE }
}

async function ask(
  model: Model,
  prompt: string,
  request: ArrangeRequest,
): Promise<{ arrangement: Arrangement } | { problem: string }> {
  const { signal, spent } = request
  const replies: Reply[] = []
  let problem = ''
  let question = prompt
  for (let call = 0; call < MOST_CALLS; call += 1) {
    const limits = { maxOutputTokens: MAX_OUTPUT_TOKENS, signal, spent }
    const answer = await callModel(model, { system: PLAN_INSTRUCTIONS, prompt: question, ...limits })
    replies.push(answer)
    if ('problem' in answer) {
      problem = answer.problem
      break
    }
    const read = readArrangement(answer.text, request)
    if ('arrangement' in read) return read
    const [first = '', ...others] = read.faults
    problem = others.length > 0 ? `${first}, and ${others.length} more faults` : first
    question = `${prompt}\n\n${planRepairPrompt(answer.text, read.faults)}`
  }
  await refuseAll(replies)
  return { problem }
}

function readArrangement(answer: string, request: ArrangeRequest): { arrangement: Arrangement } | { faults: string[] } {
  const json = jsonIn(answer)
  if (json === undefined) return { faults: ['it is not one JSON object'] }
  const parsed = parseArrangement(json)
  if ('faults' in parsed) return parsed
  const faults = planFaults(parsed.arrangement, rulesOf(request))
  return faults.length > 0 ? { faults } : parsed
}

function rulesOf({ plan, facts, steering }: ArrangeRequest) {
  const pages = new Map(planPages(plan).map((page) => [page.slug, page]))
  const tokens = (slug: string) => {
    const page = pages.get(slug)
    return page ? tokensOf(draftPage(facts, page, plan).markdown()) : 0
  }
  return { plan, facts, tokensOf: tokens, mostTokens: MOST_PAGE_TOKENS, wanted: missingTitles(steering, plan) }
}

/** Of the plan: what is asked of every page, and the pages. */
function planWishes({ steering, plan }: ArrangeRequest): string {
  const missing = new Set(missingTitles(steering, plan))
  const pages = (steering.pages ?? []).filter(({ title }) => missing.has(title))
  const lines = pages.map(({ title, about }) => `A page with the title "${title}"${about ? `: ${about}` : ''}`)
  return [wishesText(styleOf(steering) ?? undefined), ...lines].filter((line) => line !== '').join('\n')
}

function hasFileIn({ facts }: ArrangeRequest): (path: string) => boolean {
  const paths = new Set(facts.files.map(({ path }) => path))
  return (path) => paths.has(path)
}

function overviewOf({ facts, plan }: ArrangeRequest): string {
  const [first] = planPages(plan)
  return first ? draftPage(facts, first, plan).markdown() : ''
}

function keyOf({ provider, model }: Model, plan: Plan, wishes: string): string {
  const pages = planPages(plan).map(({ slug, kind, subject = '' }) => [slug, kind, subject])
  return createHash('sha256')
    .update(JSON.stringify([PLAN_VERSION, provider, model, pages, wishes]))
    .digest('hex')
    .slice(0, 32)
}

/** Every call made, each with the answer before it, and every answer as long as it may be. */
function estimateOf({ price }: Model, prompt: string): PageEstimate {
  const each = tokensOf(PLAN_INSTRUCTIONS) + tokensOf(prompt)
  const inputTokens = MOST_CALLS * each + (MOST_CALLS - 1) * MAX_OUTPUT_TOKENS
  const outputTokens = MOST_CALLS * MAX_OUTPUT_TOKENS
  const costUsd = costOf({ inputTokens, outputTokens, cachedTokens: 0, costUsd: null }, price)
  return { inputTokens, outputTokens, costUsd }
}
